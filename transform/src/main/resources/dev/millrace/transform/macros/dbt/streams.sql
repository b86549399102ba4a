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

{#- One relation of two: what a batch model says of the time before its high-water mark, what a streaming model says from there on.
    The mark is read where the rows are, so a reader sees both and the mark as of one moment. -#}

{% materialization unified, default %}
  {{ return(materialization_view_default()) }}
{% endmaterialization %}

{% macro unify(batch, speed, high_water_mark) -%}
  {%- if not batch or not speed or high_water_mark is not string or not high_water_mark -%}
    {%- do exceptions.raise_compiler_error(
        "unify needs batch, speed and high_water_mark: unify(batch=ref('…'), speed=ref('…'), high_water_mark='window_start')") -%}
  {%- endif -%}
  {%- set mark = adapter.quote(high_water_mark) -%}
  {%- set columns = unified_columns(batch, speed, high_water_mark) if execute else ['*'] -%}
  (
  with millrace_marks as (
    select (select max({{ mark }}) from {{ batch }}) as batch_high, (select max({{ mark }}) from {{ speed }}) as speed_high
  )
  select {{ columns | join(', ') }} from {{ batch }}, millrace_marks
  where {{ mark }} is null or {{ mark }} < batch_high or speed_high is null or speed_high < batch_high
  union all {{ 'by name' if columns == ['*'] }}
  select {{ columns | join(', ') }} from {{ speed }}, millrace_marks
  where batch_high is null or {{ mark }} >= batch_high
  )
{%- endmacro %}

{% macro unified_columns(batch, speed, high_water_mark) %}
  {%- set of_batch = adapter.get_columns_in_relation(batch) -%}
  {%- set of_speed = adapter.get_columns_in_relation(speed) -%}
  {%- if not of_batch or not of_speed -%}
    {%- do return(['*']) -%}
  {%- endif -%}
  {%- set batch_names = of_batch | map(attribute='name') | map('lower') | list -%}
  {%- set speed_names = of_speed | map(attribute='name') | map('lower') | list -%}
  {%- if batch_names | sort != speed_names | sort -%}
    {%- do exceptions.raise_compiler_error(
        batch ~ ' has the columns ' ~ batch_names | sort | join(', ') ~ ', but ' ~ speed ~ ' has ' ~ speed_names | sort | join(', ')) -%}
  {%- endif -%}
  {%- if high_water_mark | lower not in batch_names -%}
    {%- do exceptions.raise_compiler_error(batch ~ ' and ' ~ speed ~ ' have no column ' ~ high_water_mark) -%}
  {%- endif -%}
  {%- set quoted = [] -%}
  {%- for column in of_batch -%}
    {%- do quoted.append(column.quoted) -%}
  {%- endfor -%}
  {%- do return(quoted) -%}
{% endmacro %}
