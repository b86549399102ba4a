{#- Contracts of models: what columns they give is checked before they are built, and tables get their constraints. -#}

{% macro get_assert_columns_equivalent(sql) %}
  {{- adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql) -}}
{% endmacro %}

{% macro default__get_assert_columns_equivalent(sql) %}
  {{- assert_columns_equivalent(sql) -}}
{% endmacro %}

{% macro assert_columns_equivalent(sql) %}
  {%- do adapter.check_contract(model['columns'], sql) -%}
{% endmacro %}

{% macro get_table_columns_and_constraints() %}
  {{- adapter.dispatch('get_table_columns_and_constraints', 'dbt')() -}}
{% endmacro %}

{% macro default__get_table_columns_and_constraints() %}
  {{- table_columns_and_constraints() -}}
{% endmacro %}

{% macro table_columns_and_constraints() %}
  {%- set parts = [] -%}
  {%- for column in model['columns'].values() -%}
    {%- set part = [adapter.quote(column.name) if column.quote else column.name, column.data_type] -%}
    {%- for constraint in column.constraints -%}
      {%- do part.append(column_constraint(constraint)) -%}
    {%- endfor -%}
    {%- do parts.append(part | join(' ')) -%}
  {%- endfor -%}
  {%- for constraint in model['constraints'] or [] -%}
    {%- do parts.append(model_constraint(constraint)) -%}
  {%- endfor -%}
  (
    {{ parts | join(',\n    ') }}
  )
{%- endmacro %}

{% macro column_constraint(constraint) %}
  {%- set expression = constraint.expression or '' -%}
  {%- if constraint.type == 'check' -%}
    {%- do return('check (' ~ expression ~ ')') -%}
  {%- elif constraint.type == 'foreign_key' -%}
    {%- do return('references ' ~ constraint_target(constraint)) -%}
  {%- elif constraint.type == 'custom' -%}
    {%- do return(expression) -%}
  {%- endif -%}
  {%- do return((constraint.type | replace('_', ' ') ~ ' ' ~ expression) | trim) -%}
{% endmacro %}

{% macro model_constraint(constraint) %}
  {%- set name = 'constraint ' ~ constraint.name ~ ' ' if constraint.name else '' -%}
  {%- set expression = constraint.expression or '' -%}
  {%- set columns = '(' ~ (constraint.columns or []) | join(', ') ~ ')' -%}
  {%- if constraint.type == 'check' -%}
    {%- do return(name ~ 'check (' ~ expression ~ ')') -%}
  {%- elif constraint.type == 'foreign_key' -%}
    {%- do return(name ~ 'foreign key ' ~ columns ~ ' references ' ~ constraint_target(constraint)) -%}
  {%- elif constraint.type == 'custom' -%}
    {%- do return(name ~ expression) -%}
  {%- endif -%}
  {%- do return(name ~ ((constraint.type | replace('_', ' ') ~ ' ' ~ expression) | trim) ~ ' ' ~ columns) -%}
{% endmacro %}

{#- What a foreign key refers to: an expression, or columns of a model; no database, as a table cannot refer to another one's. -#}
{% macro constraint_target(constraint) %}
  {%- if not constraint.to -%}
    {%- do return(constraint.expression) -%}
  {%- endif -%}
  {%- set target = render('{{ (' ~ constraint.to ~ ').include(database=false) }}') -%}
  {%- do return(target ~ ' (' ~ constraint.to_columns | join(', ') ~ ')') -%}
{% endmacro %}
