{#- The tests of dbt_utils, for projects that name the package but have no copy of it. -#}

{% test expression_is_true(model, expression, column_name=none) %}
  {{ adapter.dispatch('test_expression_is_true', 'dbt_utils')(model, expression, column_name) }}
{% endtest %}

{% macro default__test_expression_is_true(model, expression, column_name) %}
select {{ '*' if should_store_failures() else '1' }}
from {{ model }}
where not({{ expression if column_name is none else column_name ~ ' ' ~ expression }})
{% endmacro %}

{% test unique_combination_of_columns(model, combination_of_columns, quote_columns=false) %}
  {%- set columns = [] -%}
  {%- for column in combination_of_columns -%}
    {%- do columns.append(adapter.quote(column) if quote_columns else column) -%}
  {%- endfor -%}
select {{ columns | join(', ') }}
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}

{% test accepted_range(model, column_name, min_value=none, max_value=none, inclusive=true) %}
select *
from {{ model }}
where false
{%- if min_value is not none %}
   or not({{ column_name }} >{{ '=' if inclusive }} {{ min_value }})
{%- endif %}
{%- if max_value is not none %}
   or not({{ column_name }} <{{ '=' if inclusive }} {{ max_value }})
{%- endif %}
{% endtest %}

{% test not_accepted_values(model, column_name, values, quote=true) %}
select distinct {{ column_name }} as value_field
from {{ model }}
where {{ column_name }} in (
  {%- for value in values %}
    {{ "'" ~ (value | string | replace("'", "''")) ~ "'" if quote else value }}{{ ',' if not loop.last }}
  {%- endfor %}
)
{% endtest %}

{% macro grouping_of(group_by_columns, prefix='') %}
  {%- set columns = [] -%}
  {%- for column in group_by_columns -%}
    {%- do columns.append(prefix ~ column) -%}
  {%- endfor -%}
  {%- do return(columns | join(', ')) -%}
{% endmacro %}

{% test at_least_one(model, column_name, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) %}
select {{ groups ~ ', ' if groups }}count({{ column_name }}) as filter_column
from {{ model }}
{{ 'group by ' ~ groups if groups }}
having count({{ column_name }}) = 0
{% endtest %}

{% test not_constant(model, column_name, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) %}
select {{ groups ~ ', ' if groups }}count(distinct {{ column_name }}) as filter_column
from {{ model }}
{{ 'group by ' ~ groups if groups }}
having count(distinct {{ column_name }}) = 1
{% endtest %}

{% test not_empty_string(model, column_name, trim_whitespace=true) %}
select {{ column_name }}
from {{ model }}
where {{ 'trim(' ~ column_name ~ ')' if trim_whitespace else column_name }} = ''
{% endtest %}

{% test not_null_proportion(model, column_name, at_least, at_most=1.0, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) %}
select *
from (
  select {{ groups ~ ', ' if groups }}count({{ column_name }}) * 1.0 / nullif(count(*), 0) as not_null_proportion
  from {{ model }}
  {{ 'group by ' ~ groups if groups }}
) proportions
where not_null_proportion < {{ at_least }} or not_null_proportion > {{ at_most }}
{% endtest %}

{% test equal_rowcount(model, compare_model, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) -%}
  {%- set key = groups or '1' %}
with ours as (
  select {{ key }}{{ ' as one' if not groups }}, count(*) as rows_here from {{ model }} group by {{ key }}
),
theirs as (
  select {{ key }}{{ ' as one' if not groups }}, count(*) as rows_there from {{ compare_model }} group by {{ key }}
)
select *, abs(coalesce(rows_here, 0) - coalesce(rows_there, 0)) as diff_count
from ours full join theirs using ({{ groups or 'one' }})
where coalesce(rows_here, 0) <> coalesce(rows_there, 0)
{% endtest %}

{% test fewer_rows_than(model, compare_model, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) -%}
  {%- set key = groups or '1' %}
with ours as (
  select {{ key }}{{ ' as one' if not groups }}, count(*) as rows_here from {{ model }} group by {{ key }}
),
theirs as (
  select {{ key }}{{ ' as one' if not groups }}, count(*) as rows_there from {{ compare_model }} group by {{ key }}
)
select *
from ours full join theirs using ({{ groups or 'one' }})
where coalesce(rows_here, 0) >= coalesce(rows_there, 0)
{% endtest %}

{% test equality(model, compare_model, compare_columns=none, exclude_columns=none, precision=none) %}
  {%- if execute -%}
    {%- set left_out = (exclude_columns or []) | map('lower') | list -%}
    {%- set columns = [] -%}
    {%- if compare_columns is none -%}
      {%- for column in adapter.get_columns_in_relation(model) if column.name | lower not in left_out -%}
        {%- do columns.append('round(' ~ column.quoted ~ ', ' ~ precision ~ ') as ' ~ column.quoted
            if precision is not none and (column.is_float() or column.is_numeric()) else column.quoted) -%}
      {%- endfor -%}
    {%- else -%}
      {%- for name in compare_columns -%}{%- do columns.append(name) -%}{%- endfor -%}
    {%- endif -%}
    {%- set list = columns | join(', ') %}
(select {{ list }}, 'a_minus_b' as which_diff from (select {{ list }} from {{ model }} except select {{ list }} from {{ compare_model }}))
union all
(select {{ list }}, 'b_minus_a' as which_diff from (select {{ list }} from {{ compare_model }} except select {{ list }} from {{ model }}))
  {%- endif -%}
{% endtest %}

{% test cardinality_equality(model, column_name, to, field) %}
with ours as (select {{ column_name }} as value_field, count(*) as num_rows from {{ model }} group by 1),
theirs as (select {{ field }} as value_field, count(*) as num_rows from {{ to }} group by 1)
(select * from ours except select * from theirs)
union all
(select * from theirs except select * from ours)
{% endtest %}

{% test relationships_where(model, column_name, to, field, from_condition='1=1', to_condition='1=1') %}
with left_side as (select {{ column_name }} as id from {{ model }} where {{ column_name }} is not null and {{ from_condition }}),
right_side as (select {{ field }} as id from {{ to }} where {{ field }} is not null and {{ to_condition }})
select left_side.id
from left_side left join right_side on left_side.id = right_side.id
where right_side.id is null
{% endtest %}

{% test recency(model, field, datepart, interval, ignore_time_component=false, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) -%}
  {%- set type = 'date' if ignore_time_component else 'timestamp' %}
select *
from (
  select {{ groups ~ ', ' if groups }}max(cast({{ field }} as {{ type }})) as most_recent
  from {{ model }}
  {{ 'group by ' ~ groups if groups }}
) recent
where most_recent < cast({{ dbt.dateadd(datepart, interval * -1, dbt.current_timestamp()) }} as {{ type }})
{% endtest %}

{% test sequential_values(model, column_name, interval=1, datepart=none, group_by_columns=[]) %}
  {%- set groups = dbt_utils.grouping_of(group_by_columns) %}
select *
from (
  select {{ groups ~ ', ' if groups }}{{ column_name }} as value_here,
    lag({{ column_name }}) over ({{ 'partition by ' ~ groups if groups }} order by {{ column_name }}) as value_before
  from {{ model }}
) ordered
where value_before is not null
  and not(cast(value_here as {{ 'timestamp' if datepart else 'double' }}) =
    {{ dbt.dateadd(datepart, interval, 'cast(value_before as timestamp)') if datepart else 'value_before + ' ~ interval }})
{% endtest %}

{% test mutually_exclusive_ranges(model, lower_bound_column, upper_bound_column, partition_by=none, gaps='allowed', zero_length_range_allowed=false) %}
  {%- set operator = {'not_allowed': '=', 'allowed': '<=', 'required': '<'}[gaps] %}
select *
from (
  select *, {{ lower_bound_column }} as lower_bound, {{ upper_bound_column }} as upper_bound,
    lead({{ lower_bound_column }}) over (
      {{ 'partition by ' ~ partition_by if partition_by }} order by {{ lower_bound_column }}, {{ upper_bound_column }}) as next_lower_bound
  from {{ model }}
) ranges
where not(lower_bound <{{ '=' if zero_length_range_allowed }} upper_bound)
   or (next_lower_bound is not null and not(upper_bound {{ operator }} next_lower_bound))
   or lower_bound is null or upper_bound is null
{% endtest %}
