{#- SQL that every warehouse writes its own way: dbt's cross-database macros. -#}

{% macro type_string() %}{{ adapter.dispatch('type_string', 'dbt')() }}{% endmacro %}
{% macro default__type_string() %}{{ 'TEXT' if target.type == 'duckdb' else 'varchar' }}{% endmacro %}
{% macro type_timestamp() %}{{ adapter.dispatch('type_timestamp', 'dbt')() }}{% endmacro %}
{% macro default__type_timestamp() %}timestamp{% endmacro %}
{% macro type_float() %}{{ adapter.dispatch('type_float', 'dbt')() }}{% endmacro %}
{% macro default__type_float() %}float{% endmacro %}
{% macro type_numeric() %}{{ adapter.dispatch('type_numeric', 'dbt')() }}{% endmacro %}
{% macro default__type_numeric() %}numeric(28,6){% endmacro %}
{% macro type_bigint() %}{{ adapter.dispatch('type_bigint', 'dbt')() }}{% endmacro %}
{% macro default__type_bigint() %}bigint{% endmacro %}
{% macro type_int() %}{{ adapter.dispatch('type_int', 'dbt')() }}{% endmacro %}
{% macro default__type_int() %}integer{% endmacro %}
{% macro type_boolean() %}{{ adapter.dispatch('type_boolean', 'dbt')() }}{% endmacro %}
{% macro default__type_boolean() %}boolean{% endmacro %}

{% macro current_timestamp() %}{{ adapter.dispatch('current_timestamp', 'dbt')() }}{% endmacro %}
{% macro default__current_timestamp() %}now(){% endmacro %}
{% macro current_timestamp_backcompat() %}{{ current_timestamp() }}{% endmacro %}
{% macro current_timestamp_in_utc_backcompat() %}{{ current_timestamp() }}{% endmacro %}

{% macro snapshot_get_time() %}{{ adapter.dispatch('snapshot_get_time', 'dbt')() }}{% endmacro %}
{% macro default__snapshot_get_time() %}{{ current_timestamp() }}::timestamp{% endmacro %}

{% macro date_trunc(datepart, date) %}{{ adapter.dispatch('date_trunc', 'dbt')(datepart, date) }}{% endmacro %}
{% macro default__date_trunc(datepart, date) %}date_trunc('{{ datepart }}', {{ date }}){% endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) %}{{ adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp) }}{% endmacro %}
{% macro default__dateadd(datepart, interval, from_date_or_timestamp) %}date_add({{ from_date_or_timestamp }}, interval ({{ interval }}) {{ datepart }}){% endmacro %}

{% macro datediff(first_date, second_date, datepart) %}{{ adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart) }}{% endmacro %}
{% macro default__datediff(first_date, second_date, datepart) %}date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp){% endmacro %}

{#- A multiple of one unit, so that the number may be any expression. -#}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) %}
{%- set unit = datepart | lower -%}
{%- if unit == 'quarter' -%}
({{ from_date_or_timestamp }} + (cast({{ interval }} as bigint) * 3) * interval 1 month)
{%- elif unit == 'week' -%}
({{ from_date_or_timestamp }} + (cast({{ interval }} as bigint) * 7) * interval 1 day)
{%- else -%}
({{ from_date_or_timestamp }} + cast({{ interval }} as bigint) * interval 1 {{ unit }})
{%- endif -%}
{% endmacro %}

{#- Weeks are counted by the Sundays between the two, not from Monday to Monday as DuckDB counts them. -#}
{% macro duckdb__datediff(first_date, second_date, datepart) %}
{%- if datepart == 'week' -%}
({{ datediff(first_date, second_date, 'day') }} // 7 + case
when date_part('dow', ({{ first_date }})::timestamp) <= date_part('dow', ({{ second_date }})::timestamp) then
case when {{ first_date }} <= {{ second_date }} then 0 else -1 end
else
case when {{ first_date }} <= {{ second_date }} then 1 else 0 end
end)
{%- else -%}
(date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp ))
{%- endif -%}
{% endmacro %}

{% macro date(year, month, day) %}{{ adapter.dispatch('date', 'dbt')(year, month, day) }}{% endmacro %}
{% macro default__date(year, month, day) %}to_date('{{ '%04d-%02d-%02d' | format(year, month, day) }}', 'YYYY-MM-DD'){% endmacro %}
{% macro duckdb__date(year, month, day) %}make_date({{ year }}, {{ month }}, {{ day }}){% endmacro %}

{% macro last_day(date, datepart) %}{{ adapter.dispatch('last_day', 'dbt')(date, datepart) }}{% endmacro %}
{% macro default__last_day(date, datepart) %}cast(date_trunc('{{ datepart }}', {{ date }}) + interval 1 {{ datepart }} - interval 1 day as date){% endmacro %}
{% macro duckdb__last_day(date, datepart) %}
{%- if datepart == 'quarter' -%}
cast(date_trunc('quarter', {{ date }}) + interval 3 month - interval 1 day as date)
{%- else -%}
{{ default__last_day(date, datepart) }}
{%- endif -%}
{% endmacro %}

{% macro concat(fields) %}{{ adapter.dispatch('concat', 'dbt')(fields) }}{% endmacro %}
{% macro default__concat(fields) %}{{ fields | join(' || ') }}{% endmacro %}

{% macro hash(field) %}{{ adapter.dispatch('hash', 'dbt')(field) }}{% endmacro %}
{% macro default__hash(field) %}md5(cast({{ field }} as {{ type_string() }})){% endmacro %}

{% macro length(expression) %}{{ adapter.dispatch('length', 'dbt')(expression) }}{% endmacro %}
{% macro default__length(expression) %}length({{ expression }}){% endmacro %}

{% macro position(substring_text, string_text) %}{{ adapter.dispatch('position', 'dbt')(substring_text, string_text) }}{% endmacro %}
{% macro default__position(substring_text, string_text) %}position({{ substring_text }} in {{ string_text }}){% endmacro %}

{% macro replace(field, old_chars, new_chars) %}{{ adapter.dispatch('replace', 'dbt')(field, old_chars, new_chars) }}{% endmacro %}
{% macro default__replace(field, old_chars, new_chars) %}replace({{ field }}, {{ old_chars }}, {{ new_chars }}){% endmacro %}

{% macro right(string_text, length_expression) %}{{ adapter.dispatch('right', 'dbt')(string_text, length_expression) }}{% endmacro %}
{% macro default__right(string_text, length_expression) %}right({{ string_text }}, {{ length_expression }}){% endmacro %}

{% macro split_part(string_text, delimiter_text, part_number) %}{{ adapter.dispatch('split_part', 'dbt')(string_text, delimiter_text, part_number) }}{% endmacro %}
{% macro default__split_part(string_text, delimiter_text, part_number) %}split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }}){% endmacro %}
{% macro duckdb__split_part(string_text, delimiter_text, part_number) %}string_split({{ string_text }}, {{ delimiter_text }})[{{ part_number }}]{% endmacro %}

{% macro string_literal(value) %}{{ adapter.dispatch('string_literal', 'dbt')(value) }}{% endmacro %}
{% macro default__string_literal(value) %}'{{ value }}'{% endmacro %}

{% macro escape_single_quotes(expression) %}{{ adapter.dispatch('escape_single_quotes', 'dbt')(expression) }}{% endmacro %}
{% macro default__escape_single_quotes(expression) %}{{ expression | string | replace("'", "''") }}{% endmacro %}

{% macro cast(field, type) %}{{ adapter.dispatch('cast', 'dbt')(field, type) }}{% endmacro %}
{% macro default__cast(field, type) %}cast({{ field }} as {{ type }}){% endmacro %}

{% macro safe_cast(field, type) %}{{ adapter.dispatch('safe_cast', 'dbt')(field, type) }}{% endmacro %}
{% macro default__safe_cast(field, type) %}cast({{ field }} as {{ type }}){% endmacro %}

{% macro cast_bool_to_text(field) %}{{ adapter.dispatch('cast_bool_to_text', 'dbt')(field) }}{% endmacro %}
{% macro default__cast_bool_to_text(field) %}cast({{ field }} as {{ type_string() }}){% endmacro %}

{% macro any_value(expression) %}{{ adapter.dispatch('any_value', 'dbt')(expression) }}{% endmacro %}
{% macro default__any_value(expression) %}any_value({{ expression }}){% endmacro %}
{% macro duckdb__any_value(expression) %}arbitrary({{ expression }}){% endmacro %}

{% macro bool_or(expression) %}{{ adapter.dispatch('bool_or', 'dbt')(expression) }}{% endmacro %}
{% macro default__bool_or(expression) %}bool_or({{ expression }}){% endmacro %}

{% macro listagg(measure, delimiter_text="','", order_by_clause=none, limit_num=none) %}{{ adapter.dispatch('listagg', 'dbt')(measure, delimiter_text, order_by_clause, limit_num) }}{% endmacro %}
{% macro default__listagg(measure, delimiter_text, order_by_clause, limit_num) %}
{%- if limit_num -%}
list_aggr((array_agg({{ measure }}{{ ' ' ~ order_by_clause if order_by_clause }}))[1:{{ limit_num }}], 'string_agg', {{ delimiter_text }})
{%- else -%}
string_agg({{ measure }}, {{ delimiter_text }}{{ ' ' ~ order_by_clause if order_by_clause }})
{%- endif -%}
{% endmacro %}

{% macro except() %}{{ adapter.dispatch('except', 'dbt')() }}{% endmacro %}
{% macro default__except() %}except{% endmacro %}
{% macro intersect() %}{{ adapter.dispatch('intersect', 'dbt')() }}{% endmacro %}
{% macro default__intersect() %}intersect{% endmacro %}

{% macro array_construct(inputs=[], data_type=none) %}{{ adapter.dispatch('array_construct', 'dbt')(inputs, data_type) }}{% endmacro %}
{% macro default__array_construct(inputs, data_type) %}[{{ inputs | join(' , ') }}]{% endmacro %}
{% macro array_append(array, new_element) %}{{ adapter.dispatch('array_append', 'dbt')(array, new_element) }}{% endmacro %}
{% macro default__array_append(array, new_element) %}list_append({{ array }}, {{ new_element }}){% endmacro %}
{% macro array_concat(array_1, array_2) %}{{ adapter.dispatch('array_concat', 'dbt')(array_1, array_2) }}{% endmacro %}
{% macro default__array_concat(array_1, array_2) %}list_concat({{ array_1 }}, {{ array_2 }}){% endmacro %}

{% macro generate_series(upper_bound) %}{{ adapter.dispatch('generate_series', 'dbt')(upper_bound) }}{% endmacro %}
{% macro default__generate_series(upper_bound) %}select range as generated_number from range(1, {{ upper_bound }} + 1){% endmacro %}

{% macro get_powers_of_two(upper_bound) %}{{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}{% endmacro %}
{% macro default__get_powers_of_two(upper_bound) %}
  {%- if upper_bound <= 0 -%}
    {%- do exceptions.raise_compiler_error('get_powers_of_two needs a number above 0, but was given ' ~ upper_bound) -%}
  {%- endif -%}
  {%- set found = [1] -%}
  {%- for power in range(1, 100) if 2 ** power < upper_bound -%}
    {%- do found.append(power + 1) -%}
  {%- endfor -%}
  {%- do return(found | last) -%}
{% endmacro %}

{% macro date_spine(datepart, start_date, end_date) %}{{ adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date) }}{% endmacro %}
{% macro default__date_spine(datepart, start_date, end_date) %}
select cast(range as timestamp) as date_{{ datepart }}
from range(cast({{ start_date }} as timestamp), cast({{ end_date }} as timestamp), interval 1 {{ datepart }})
{% endmacro %}

{% macro get_intervals_between(start_date, end_date, datepart) %}
  {%- if not execute -%}
    {%- do return(1) -%}
  {%- endif -%}
  {%- do return(run_query('select ' ~ datediff(start_date, end_date, datepart))[0][0]) -%}
{% endmacro %}

{% macro convert_datetime(date_str, date_fmt) %}
  {%- do return(try_or_compiler_error(
      "The date '" ~ date_str ~ "' does not have the format '" ~ date_fmt ~ "'",
      modules.datetime.datetime.strptime, date_str.strip(), date_fmt)) -%}
{% endmacro %}

{% macro dates_in_range(start_date_str, end_date_str=none, in_fmt='%Y%m%d', out_fmt='%Y%m%d') %}
  {%- set first = convert_datetime(start_date_str, in_fmt) -%}
  {%- set last = convert_datetime(start_date_str if end_date_str is none else end_date_str, in_fmt) -%}
  {%- if last < first -%}
    {%- do exceptions.raise_compiler_error('The range of dates ends on ' ~ last ~ ', before it starts on ' ~ first) -%}
  {%- endif -%}
  {%- set dates = [] -%}
  {%- for n in range((last - first).days + 1) -%}
    {%- set day = first + modules.datetime.timedelta(days=n) -%}
    {%- do dates.append(day.strftime(out_fmt) if out_fmt else day) -%}
  {%- endfor -%}
  {%- do return(dates) -%}
{% endmacro %}

{% macro partition_range(raw_partition_date, date_fmt='%Y%m%d') %}
  {%- set ends = (raw_partition_date | string).split(',') -%}
  {%- if ends | length > 2 -%}
    {%- do exceptions.raise_compiler_error('A range of partitions is a date, or two with a comma between, not ' ~ raw_partition_date) -%}
  {%- endif -%}
  {%- do return(dates_in_range(ends[0], ends[1] if ends | length == 2 else none, in_fmt=date_fmt)) -%}
{% endmacro %}

{% macro py_current_timestring() %}
  {%- do return(modules.datetime.datetime.now().strftime('%Y%m%d%H%M%S%f')) -%}
{% endmacro %}

{% macro set_sql_header(config) %}{% do config.set('sql_header', caller()) %}{% endmacro %}
