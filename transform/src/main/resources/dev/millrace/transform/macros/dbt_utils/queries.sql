{#- The macros of dbt_utils that ask the warehouse, and the small ones. -#}

{% macro get_column_values(table, column, order_by='count(*) desc', max_records=none, default=none, where=none) %}
  {%- if not execute -%}
    {%- do return(default if default is not none else []) -%}
  {%- endif -%}
  {%- if load_relation(table) is none and not table.is_cte -%}
    {%- if default is none -%}
      {%- do exceptions.raise_compiler_error('get_column_values: ' ~ table ~ ' does not exist; give a default') -%}
    {%- endif -%}
    {%- do return(default) -%}
  {%- endif -%}
  {%- set rows = run_query(
      'select ' ~ column ~ ' as value from ' ~ table ~ (' where ' ~ where if where else '') ~ ' group by ' ~ column
      ~ ' order by ' ~ order_by ~ (' limit ' ~ max_records if max_records else '')) -%}
  {%- do return(rows.columns[0].values() | list if rows | length else (default if default is not none else [])) -%}
{% endmacro %}

{% macro get_single_value(sql_statement, default=none) %}
  {%- if execute -%}
    {%- set rows = run_query(sql_statement) -%}
    {%- if rows | length and rows[0][0] is not none -%}
      {%- do return(rows[0][0]) -%}
    {%- endif -%}
  {%- endif -%}
  {%- do return(default) -%}
{% endmacro %}

{% macro get_query_results_as_dict(query) %}
  {%- set result = {} -%}
  {%- if execute -%}
    {%- set rows = run_query(query) -%}
    {%- for column in rows.columns -%}
      {%- do result.update({column.name: column.values()}) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do return(result) -%}
{% endmacro %}

{% macro get_tables_by_pattern_sql(schema_pattern, table_pattern, exclude='', database=target.database) %}
  select distinct table_schema as table_schema, table_name as table_name,
    case table_type when 'BASE TABLE' then 'table' when 'VIEW' then 'view' else lower(table_type) end as table_type
  from information_schema.tables
  where table_catalog = '{{ database }}' and table_schema ilike '{{ schema_pattern }}' and table_name ilike '{{ table_pattern }}'
    and table_name not ilike '{{ exclude }}'
{% endmacro %}

{% macro get_relations_by_pattern(schema_pattern, table_pattern, exclude='', database=target.database) %}
  {%- set relations = [] -%}
  {%- if execute -%}
    {%- for row in run_query(dbt_utils.get_tables_by_pattern_sql(schema_pattern, table_pattern, exclude, database) ~ ' order by 1, 2') -%}
      {%- do relations.append(api.Relation.create(
          database=database, schema=row['table_schema'], identifier=row['table_name'], type=row['table_type'])) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do return(relations) -%}
{% endmacro %}

{% macro get_relations_by_prefix(schema, prefix, exclude='', database=target.database) %}
  {%- do return(dbt_utils.get_relations_by_pattern(schema, prefix ~ '%', exclude, database)) -%}
{% endmacro %}

{% macro slugify(string) %}
  {%- if not string -%}
    {%- do return('') -%}
  {%- endif -%}
  {%- set plain = modules.re.sub('[^a-z0-9_]+', '', modules.re.sub('[ -]+', '_', string | lower)) -%}
  {%- do return(modules.re.sub('^[0-9]', '_\\g<0>', plain)) -%}
{% endmacro %}

{% macro pretty_time(format='%H:%M:%S') %}
  {%- do return(modules.datetime.datetime.now().strftime(format)) -%}
{% endmacro %}

{% macro pretty_log_format(message) %}
  {%- do return(dbt_utils.pretty_time() ~ ' + ' ~ message) -%}
{% endmacro %}

{% macro log_info(message) %}
  {%- do log(dbt_utils.pretty_log_format(message), info=true) -%}
{% endmacro %}

{% macro get_tables_by_prefix_sql(schema, prefix, exclude='', database=target.database) %}
  {{ dbt_utils.get_tables_by_pattern_sql(schema, prefix ~ '%', exclude, database) }}
{% endmacro %}

{% macro get_intervals_between(start_date, end_date, datepart) %}
  {%- do return(dbt.get_intervals_between(start_date, end_date, datepart)) -%}
{% endmacro %}

{% macro degrees_to_radians(degrees) %}
  radians({{ degrees }})
{% endmacro %}
