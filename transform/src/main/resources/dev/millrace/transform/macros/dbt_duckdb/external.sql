{#- Models that are files: written with COPY, and read again through a view. -#}

{% materialization external, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set location = render(config.get('location', external_location(this, config))) -%}
  {%- set options = external_options(location, render_write_options(config)) -%}
  {%- set rows = make_temp_relation(target_relation) -%}

  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}
  {%- call statement('rows', auto_begin=true) -%}
    {{ create_table_as(true, rows, sql) }}
  {%- endcall -%}
  {%- set columns = adapter.get_columns_in_relation(rows) -%}
  {%- set empty = run_query('select count(*) from ' ~ rows)[0][0] == 0 -%}
  {%- if empty -%}
    {#- A file without rows would lose the columns' types: it gets one of nulls, which the view leaves out. -#}
    {%- do run_query('insert into ' ~ rows ~ ' default values') -%}
  {%- endif -%}
  {%- do write_to_file(rows, location, external_copy_options(options)) -%}
  {%- do run_query('drop table ' ~ rows) -%}
  {%- if existing is not none and not existing.is_view -%}
    {%- do adapter.drop_relation(existing) -%}
  {%- endif -%}
  {%- call statement('main') -%}
    create or replace view {{ target_relation }} as (
      select * from {{ external_read(location, options) }}
      {%- if empty %}
      where not ({% for column in columns %}{{ column.quoted }} is null{{ ' and ' if not loop.last }}{% endfor %})
      {%- endif %}
    )
  {%- endcall -%}
  {{ finish_relation(target_relation) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro external_location(relation, config) %}
  {%- set options = config.get('options') or {} -%}
  {%- set path = target.get('external_root', '.') ~ '/' ~ relation.identifier -%}
  {%- do return(path if options.get('partition_by') is not none else path ~ '.' ~ config.get('format', 'parquet')) -%}
{% endmacro %}

{% macro render_write_options(config) %}
  {%- set options = {} -%}
  {%- set written = config.get('options') or {} -%}
  {%- if written is not mapping -%}
    {%- do exceptions.raise_compiler_error('options must be a dictionary, but is ' ~ written) -%}
  {%- endif -%}
  {%- for key, value in written.items() -%}
    {%- do options.update({key: render(value) if value is string else value}) -%}
  {%- endfor -%}
  {%- for key in ['format', 'delimiter'] if config.get(key) -%}
    {%- do options.update({key: render(config.get(key))}) -%}
  {%- endfor -%}
  {%- do return(options) -%}
{% endmacro %}

{% macro external_options(location, options) %}
  {#- What is not said follows from the name of the file: totals.csv.gz is a packed CSV. -#}
  {%- set parts = (location.split('/') | last | lower).split('.') -%}
  {%- set packed = {'gz': 'gzip', 'zst': 'zstd'}.get(parts[-1]) if parts | length > 1 -%}
  {%- set words = parts[:-1] if packed else parts -%}
  {%- if 'format' not in options -%}
    {%- set fallback = 'csv' if 'delimiter' in options else 'parquet' -%}
    {%- do options.update({'format': words[-1] if words | length > 1 else fallback}) -%}
  {%- endif -%}
  {%- if options['format'] | lower not in ['csv', 'parquet', 'json'] -%}
    {%- do exceptions.raise_compiler_error('the format of an external model is ' ~ options['format']
        ~ '; csv, parquet and json can be written') -%}
  {%- endif -%}
  {%- if packed and 'compression' not in options -%}
    {%- do options.update({'compression': packed}) -%}
  {%- endif -%}
  {%- if options['format'] | lower == 'csv' and 'header' not in options -%}
    {%- do options.update({'header': 1}) -%}
  {%- endif -%}
  {%- do return(options) -%}
{% endmacro %}

{% macro external_copy_options(options) %}
  {%- set written = [] -%}
  {%- for key, value in options.items() -%}
    {%- if key | lower in ['partition_by', 'hive_file_pattern'] or value is not string or value.startswith('(') -%}
      {%- set many = value is string and ',' in value and not value.startswith('(') -%}
      {%- do written.append(key ~ ' ' ~ ('(' ~ value ~ ')' if many else value)) -%}
    {%- else -%}
      {%- do written.append(key ~ " '" ~ value | replace("'", "''") ~ "'") -%}
    {%- endif -%}
  {%- endfor -%}
  {%- do return(written | join(', ')) -%}
{% endmacro %}

{% macro external_read(location, options) %}
  {%- set format = options['format'] | lower -%}
  {%- set usual = {'parquet': {'union_by_name': false}, 'csv': {'auto_detect': true}, 'json': {'auto_detect': true}} -%}
  {%- set reading = dict(config.get(format ~ '_read_options', usual[format])) -%}
  {%- if options.get('compression') and format != 'parquet' and 'compression' not in reading -%}
    {%- do reading.update({'compression': options['compression']}) -%}
  {%- endif -%}
  {%- set arguments = ["'" ~ external_read_location(location, options) | replace("'", "''") ~ "'"] -%}
  {%- for key, value in reading.items() -%}
    {%- do arguments.append(key ~ ' = ' ~ ("'" ~ value ~ "'" if value is string else value)) -%}
  {%- endfor -%}
  {%- do return('read_' ~ format ~ '(' ~ arguments | join(', ') ~ ')') -%}
{% endmacro %}

{% macro external_read_location(location, options) %}
  {%- set levels = (options['partition_by'] | string).split(',') | length if options.get('partition_by') else 0 -%}
  {%- if levels or options.get('per_thread_output') -%}
    {%- do return(location ~ '/*' * (levels + 1) ~ '.' ~ options['format']) -%}
  {%- endif -%}
  {%- do return(location) -%}
{% endmacro %}

{% macro write_to_file(relation, location, options) %}
  {%- call statement('write_to_file') -%}
    copy {{ relation }} to '{{ location | replace("'", "''") }}' ({{ options }})
  {%- endcall -%}
{% endmacro %}

{% macro register_upstream_external_models() %}
  {#- In a database in memory, what other runs have written is read again from its files. -#}
  {%- if execute -%}
    {%- set known = [] -%}
    {%- for id in selected_resources if id in graph.nodes -%}
      {%- for input in graph.nodes[id].depends_on.nodes if input in graph.nodes and input not in selected_resources and input not in known -%}
        {%- do known.append(input) -%}
        {%- set node = graph.nodes[input] -%}
        {%- if node.config.materialized == 'external' -%}
          {%- set relation = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) -%}
          {%- set location = node.config.get('location', external_location(relation, node.config)) -%}
          {%- set options = external_options(location, render_write_options(node.config)) -%}
          {%- do run_query('create schema if not exists ' ~ relation.without_identifier()) -%}
          {%- do run_query('create or replace view ' ~ relation ~ ' as (select * from '
              ~ "'" ~ external_read_location(location, options) ~ "')") -%}
        {%- endif -%}
      {%- endfor -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
{% endmacro %}
