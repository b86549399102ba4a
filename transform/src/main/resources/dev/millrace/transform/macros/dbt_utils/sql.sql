{#- The macros of dbt_utils that write SQL. -#}

{% macro generate_surrogate_key(field_list) %}
  {%- do return(adapter.dispatch('generate_surrogate_key', 'dbt_utils')(field_list)) -%}
{% endmacro %}

{% macro default__generate_surrogate_key(field_list) %}
  {%- set nothing = '' if var('surrogate_key_treat_nulls_as_empty_strings', false) else '_dbt_utils_surrogate_key_null_' -%}
  {%- set parts = [] -%}
  {%- for field in field_list -%}
    {%- do parts.append("coalesce(cast(" ~ field ~ " as " ~ dbt.type_string() ~ "), '" ~ nothing ~ "')") -%}
    {%- if not loop.last -%}
      {%- do parts.append("'-'") -%}
    {%- endif -%}
  {%- endfor -%}
  {{ dbt.hash(dbt.concat(parts)) }}
{% endmacro %}

{% macro star(from, relation_alias=false, except=[], prefix='', suffix='', quote_identifiers=true, unquote_aliases=false, rename={}) %}
  {%- do return(adapter.dispatch('star', 'dbt_utils')(
      from, relation_alias, except, prefix, suffix, quote_identifiers, unquote_aliases, rename)) -%}
{% endmacro %}

{% macro default__star(from, relation_alias=false, except=[], prefix='', suffix='', quote_identifiers=true, unquote_aliases=false, rename={}) %}
  {%- if not execute -%}
    {%- do return('*') -%}
  {%- endif -%}
  {%- set names = {} -%}
  {%- for old, new in rename.items() -%}
    {%- do names.update({old | lower: new}) -%}
  {%- endfor -%}
  {%- set items = [] -%}
  {%- for name in dbt_utils.get_filtered_columns_in_relation(from, except) -%}
    {%- set column = adapter.quote(name) if quote_identifiers else name -%}
    {%- set longer = prefix ~ name ~ suffix -%}
    {%- if name | lower in names -%}
      {%- set alias = ' as ' ~ names[name | lower] -%}
    {%- elif unquote_aliases or (longer != name and not quote_identifiers) -%}
      {%- set alias = ' as ' ~ longer -%}
    {%- elif longer != name -%}
      {%- set alias = ' as ' ~ adapter.quote(longer) -%}
    {%- else -%}
      {%- set alias = '' -%}
    {%- endif -%}
    {%- do items.append((relation_alias ~ '.' if relation_alias else '') ~ column ~ alias) -%}
  {%- endfor -%}
  {%- if not items -%}
    {%- do return('*' if flags.WHICH == 'compile' else '/* no columns returned from star() macro */') -%}
  {%- endif -%}
  {%- do return(items | join(',\n  ')) -%}
{% endmacro %}

{% macro get_filtered_columns_in_relation(from, except=[]) %}
  {%- set left_out = except | map('lower') | list -%}
  {%- set names = [] -%}
  {%- for column in adapter.get_columns_in_relation(from) if column.name | lower not in left_out -%}
    {%- do names.append(column.name) -%}
  {%- endfor -%}
  {%- do return(names) -%}
{% endmacro %}

{% macro group_by(n) %}
  {%- set places = [] -%}
  {%- for i in range(1, n + 1) -%}{%- do places.append(i | string) -%}{%- endfor -%}
  group by {{ places | join(',') }}
{% endmacro %}

{% macro safe_add(field_list) %}
  {%- set parts = [] -%}
  {%- for field in field_list -%}{%- do parts.append('coalesce(' ~ field ~ ', 0)') -%}{%- endfor -%}
  {{ parts | join(' +\n  ') }}
{% endmacro %}

{% macro safe_subtract(field_list) %}
  {%- set parts = [] -%}
  {%- for field in field_list -%}{%- do parts.append('coalesce(' ~ field ~ ', 0)') -%}{%- endfor -%}
  {{ parts | join(' -\n  ') }}
{% endmacro %}

{% macro safe_divide(numerator, denominator) %}
  ( {{ numerator }} ) / nullif( ( {{ denominator }} ), 0)
{% endmacro %}

{% macro nullcheck(cols) %}
  {%- for col in cols %}
    {%- if col.is_string() %}nullif({{ col.name }}, '') as {{ col.name }}{% else %}{{ col.name }}{% endif -%}
    {{ ',\n' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro nullcheck_table(relation) %}
  select {{ dbt_utils.nullcheck(adapter.get_columns_in_relation(relation)) }}
  from {{ relation }}
{% endmacro %}

{% macro pivot(column, values, alias=true, agg='sum', cmp='=', prefix='', suffix='', then_value=1, else_value=0, quote_identifiers=true, distinct=false) %}
  {%- for value in values %}
    {{ agg }}({{ 'distinct ' if distinct }}case when {{ column }} {{ cmp }} '{{ dbt.escape_single_quotes(value) }}' then {{ then_value }} else {{ else_value }} end)
    {%- if alias %} as {{ adapter.quote(prefix ~ value ~ suffix) if quote_identifiers else dbt_utils.slugify(prefix ~ value ~ suffix) }}{% endif -%}
    {{ ',' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro unpivot(relation=none, cast_to='varchar', exclude=none, remove=none, field_name='field_name', value_name='value', quote_identifiers=false) %}
  {%- set kept = (exclude or []) | map('lower') | list -%}
  {%- set dropped = (remove or []) | map('lower') | list -%}
  {%- set turned = [] -%}
  {%- if execute -%}
    {%- for column in adapter.get_columns_in_relation(relation)
        if column.name | lower not in kept and column.name | lower not in dropped -%}
      {%- do turned.append(column) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- for column in turned %}
    select
      {%- for name in exclude or [] %}
      {{ adapter.quote(name) if quote_identifiers else name }},
      {%- endfor %}
      cast('{{ column.name }}' as {{ dbt.type_string() }}) as {{ adapter.quote(field_name) if quote_identifiers else field_name }},
      cast({{ adapter.quote(column.name) if quote_identifiers else column.name }} as {{ cast_to }}) as {{ adapter.quote(value_name) if quote_identifiers else value_name }}
    from {{ relation }}
    {{ 'union all' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro union_relations(relations, column_override=none, include=[], exclude=[], source_column_name='_dbt_source_relation', where=none) %}
  {%- if not execute -%}
    {%- do return('') -%}
  {%- endif -%}
  {%- set wanted = include | map('lower') | list -%}
  {%- set unwanted = exclude | map('lower') | list -%}
  {%- set overrides = column_override or {} -%}
  {%- set types = {} -%}
  {%- set found = {} -%}
  {%- for relation in relations -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation)
        if (not wanted or column.name | lower in wanted) and column.name | lower not in unwanted -%}
      {%- do names.append(column.name | lower) -%}
      {%- if column.name | lower not in types -%}
        {%- do types.update({column.name | lower: column}) -%}
      {%- endif -%}
    {%- endfor -%}
    {%- do found.update({relation | string: names}) -%}
  {%- endfor -%}
  {%- for relation in relations %}
    (
      select
        {%- if source_column_name is not none %}
        cast('{{ relation | string | replace("'", "''") }}' as {{ dbt.type_string() }}) as {{ source_column_name }},
        {%- endif %}
        {%- for name, column in types.items() %}
        cast({{ column.quoted if name in found[relation | string] else 'null' }} as {{ overrides.get(column.name, column.data_type) }}) as {{ column.quoted }}{{ ',' if not loop.last }}
        {%- endfor %}
      from {{ relation }}
      {{ 'where ' ~ where if where }}
    )
    {{ 'union all' if not loop.last }}
  {%- endfor -%}
{% endmacro %}

{% macro deduplicate(relation, partition_by, order_by) %}
  {%- do return(adapter.dispatch('deduplicate', 'dbt_utils')(relation, partition_by, order_by)) -%}
{% endmacro %}

{% macro default__deduplicate(relation, partition_by, order_by) %}
  select * from {{ relation }} as tt
  qualify row_number() over (partition by {{ partition_by }} order by {{ order_by }}) = 1
{% endmacro %}

{% macro generate_series(upper_bound) %}
  select range as generated_number from range(1, {{ upper_bound }} + 1)
{% endmacro %}

{% macro date_spine(datepart, start_date, end_date) %}
  {%- do return(adapter.dispatch('date_spine', 'dbt_utils')(datepart, start_date, end_date)) -%}
{% endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) %}
  select cast(range as timestamp) as date_{{ datepart }}
  from range(cast({{ start_date }} as timestamp), cast({{ end_date }} as timestamp), interval 1 {{ datepart }})
{% endmacro %}

{% macro width_bucket(expr, min_value, max_value, num_buckets) %}
  case
    when {{ expr }} < {{ min_value }} then 0
    when {{ expr }} >= {{ max_value }} then {{ num_buckets }} + 1
    else cast(floor(({{ expr }} - {{ min_value }}) * {{ num_buckets }} * 1.0 / ({{ max_value }} - {{ min_value }})) as integer) + 1
  end
{% endmacro %}

{% macro haversine_distance(lat1, lon1, lat2, lon2, unit='mi') %}
  {%- if unit not in ('mi', 'km') -%}
    {%- do exceptions.raise_compiler_error("haversine_distance: unit must be 'mi' or 'km', but is '" ~ unit ~ "'") -%}
  {%- endif -%}
  2 * 3961 * {{ '1.60934 * ' if unit == 'km' }}asin(sqrt(
    power(sin(radians(({{ lat2 }} - {{ lat1 }}) / 2)), 2)
    + cos(radians({{ lat1 }})) * cos(radians({{ lat2 }})) * power(sin(radians(({{ lon2 }} - {{ lon1 }}) / 2)), 2)
  ))
{% endmacro %}

{% macro get_url_parameter(field, url_parameter) %}
  nullif(split_part(split_part({{ field }}, '{{ url_parameter }}=', 2), '&', 1), '')
{% endmacro %}

{% macro get_url_host(field) %}
  split_part(split_part(replace(replace(replace({{ field }}, 'android-app://', ''), 'http://', ''), 'https://', ''), '/', 1), '?', 1)
{% endmacro %}

{% macro get_url_path(field) %}
  split_part(regexp_replace(regexp_replace({{ field }}, '^[a-z]+://', ''), '^[^/?]*/?', ''), '?', 1)
{% endmacro %}
