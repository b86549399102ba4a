{#- Inputs that are read as streams. In a streaming model they stand for the rows that are to be computed, anywhere else for all
    rows. -#}

{% macro stream(relation) -%}
  {{ stream_input('rows', relation) }}
{%- endmacro %}

{% macro tumble(relation, time_column, size) -%}
  {{ stream_input('tumble', relation, time_column, none, size) }}
{%- endmacro %}

{% macro hop(relation, time_column, slide, size) -%}
  {{ stream_input('hop', relation, time_column, slide, size) }}
{%- endmacro %}

{% macro session(relation, time_column, gap) -%}
  {{ stream_input('session', relation, time_column) }}
{%- endmacro %}
