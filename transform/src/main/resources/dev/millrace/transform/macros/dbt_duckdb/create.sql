{% macro duckdb__create_table_as(temporary, relation, sql) %}
  {%- set header = config.get('sql_header') -%}
  {%- set contract = config.get('contract') -%}
  {%- if contract and contract.enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif -%}
  {%- if header is not none %}{{ header }}
{% endif -%}
  {%- if contract and contract.enforced and not temporary -%}
  create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
  insert into {{ relation }} by name (
    {{ sql }}
  )
  {%- else -%}
  create or replace {{ 'temporary ' if temporary }}table {{ relation }} as (
    {{ sql }}
  )
  {%- endif -%}
{% endmacro %}

{% macro duckdb__create_view_as(relation, sql) %}
  {%- set header = config.get('sql_header') -%}
  {%- set contract = config.get('contract') -%}
  {%- if contract and contract.enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif -%}
  {%- if header is not none %}{{ header }}
{% endif -%}
  create or replace view {{ relation }} as (
    {{ sql }}
  )
{% endmacro %}

{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {#- A temporary table lives in a catalog of its own, which only this session sees. -#}
  {%- do return(base_relation.incorporate(
      path={'database': 'temp', 'schema': 'main', 'identifier': base_relation.identifier ~ suffix}, type='table')) -%}
{% endmacro %}
