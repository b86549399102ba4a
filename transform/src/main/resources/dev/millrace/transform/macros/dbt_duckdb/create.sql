{% macro duckdb__create_table_as(temporary, relation, sql) %}
  {%- set header = config.get('sql_header') -%}
  {%- if header is not none %}{{ header }}
{% endif -%}
  {%- set contract = config.get('contract') -%}
  {%- if contract and contract.enforced and not temporary and model.columns -%}
  create or replace table {{ relation }} (
    {%- for name in model.columns %}
    {{ adapter.quote(name) if model.columns[name].quote else name }} {{ model.columns[name].data_type }}
    {%- for constraint in model.columns[name].constraints if constraint.type in ('not_null', 'primary_key', 'unique', 'check') %}
      {%- if constraint.type == 'check' %} check ({{ constraint.expression }}){% else %} {{ constraint.type | replace('_', ' ') }}{% endif %}
    {%- endfor %}
    {{- ',' if not loop.last }}
    {%- endfor %}
  );
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
