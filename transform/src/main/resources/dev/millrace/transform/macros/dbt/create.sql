{#- The statements that make tables and views. -#}

{% macro get_create_table_as_sql(temporary, relation, sql) %}
  {%- do return(adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql)) -%}
{% endmacro %}

{% macro default__get_create_table_as_sql(temporary, relation, sql) %}
  {%- do return(create_table_as(temporary, relation, sql)) -%}
{% endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') %}
  {%- do return(adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code)) -%}
{% endmacro %}

{% macro default__create_table_as(temporary, relation, sql) %}
  {%- set header = config.get('sql_header') -%}
  {{ header if header is not none }}
  create {{ 'temporary' if temporary }} table {{ relation }} as (
    {{ sql }}
  )
{% endmacro %}

{% macro get_create_view_as_sql(relation, sql) %}
  {%- do return(adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql)) -%}
{% endmacro %}

{% macro default__get_create_view_as_sql(relation, sql) %}
  {%- do return(create_view_as(relation, sql)) -%}
{% endmacro %}

{% macro create_view_as(relation, sql) %}
  {%- do return(adapter.dispatch('create_view_as', 'dbt')(relation, sql)) -%}
{% endmacro %}

{% macro default__create_view_as(relation, sql) %}
  {%- set header = config.get('sql_header') -%}
  {{ header if header is not none }}
  create view {{ relation }} as (
    {{ sql }}
  )
{% endmacro %}

{% macro get_empty_subquery_sql(select_sql, select_sql_header=none) %}
  {%- do return(adapter.dispatch('get_empty_subquery_sql', 'dbt')(select_sql, select_sql_header)) -%}
{% endmacro %}

{% macro default__get_empty_subquery_sql(select_sql, select_sql_header=none) %}
  {{ select_sql_header if select_sql_header is not none }}
  select * from (
    {{ select_sql }}
  ) as __dbt_sbq
  where false
  limit 0
{% endmacro %}

{% macro replaces(sql) %}
  {#- Whether a statement replaces what is there by itself. -#}
  {%- do return((sql | trim | lower).startswith('create or replace')) -%}
{% endmacro %}
