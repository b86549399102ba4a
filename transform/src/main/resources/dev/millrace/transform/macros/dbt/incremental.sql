{#- Incremental models: only new rows are computed, and how they join the old ones is the strategy's business. -#}

{% materialization incremental, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- set strategy = config.get('incremental_strategy') or 'default' -%}
  {%- set strategy_macro = adapter.get_incremental_strategy_macro(context, strategy) -%}

  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}
  {%- if existing is none or existing.is_view or should_full_refresh() -%}
    {%- do build_table(existing, target_relation, sql) -%}
  {%- else -%}
    {%- set new_rows = make_temp_relation(target_relation) -%}
    {%- call statement('new_rows') -%}
      {{ get_create_table_as_sql(true, new_rows, sql) }}
    {%- endcall -%}
    {%- set dest_columns = process_schema_changes(on_schema_change, new_rows, existing) -%}
    {%- if not dest_columns -%}
      {%- set dest_columns = adapter.get_columns_in_relation(existing) -%}
    {%- endif -%}
    {%- set build_sql = strategy_macro({
        'target_relation': target_relation,
        'temp_relation': new_rows,
        'unique_key': config.get('unique_key'),
        'dest_columns': dest_columns,
        'incremental_predicates': config.get('predicates') or config.get('incremental_predicates')
    }) -%}
    {%- call statement('main') -%}
      {{ build_sql }}
    {%- endcall -%}
    {%- do adapter.execute('drop table if exists ' ~ new_rows) -%}
  {%- endif -%}
  {{ finish_relation(target_relation) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro get_incremental_default_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_default_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_default_sql(arg_dict) %}
  {%- if arg_dict['unique_key'] -%}
    {%- do return(get_incremental_delete_insert_sql(arg_dict)) -%}
  {%- endif -%}
  {%- do return(get_incremental_append_sql(arg_dict)) -%}
{% endmacro %}

{% macro get_incremental_append_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_append_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_append_sql(arg_dict) %}
  {%- do return(get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns'])) -%}
{% endmacro %}

{% macro get_incremental_delete_insert_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_delete_insert_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_delete_insert_sql(arg_dict) %}
  {%- do return(get_delete_insert_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'],
                                            arg_dict['dest_columns'], arg_dict['incremental_predicates'])) -%}
{% endmacro %}

{% macro get_incremental_merge_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_merge_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_merge_sql(arg_dict) %}
  {%- do return(get_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'],
                              arg_dict['dest_columns'], arg_dict['incremental_predicates'])) -%}
{% endmacro %}

{% macro get_incremental_microbatch_sql(arg_dict) %}
  {%- do return(adapter.dispatch('get_incremental_microbatch_sql', 'dbt')(arg_dict)) -%}
{% endmacro %}

{% macro default__get_incremental_microbatch_sql(arg_dict) %}
  {#- What the batch's span of event time holds so far is replaced by what the query gives for it. -#}
  {%- if arg_dict['unique_key'] -%}
    {%- do exceptions.raise_compiler_error(
        'the strategy microbatch replaces rows by their event_time: remove unique_key, or use the strategy merge') -%}
  {%- endif -%}
  {%- set target = arg_dict['target_relation'] -%}
  {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
  {%- set event_time = config.get('event_time') -%}
  {%- set in_batch -%}
    {{ event_time }} >= '{{ model.batch.event_time_start }}' and {{ event_time }} < '{{ model.batch.event_time_end }}'
  {%- endset -%}
  delete from {{ target }}
  where {{ in_batch }}
  {%- for predicate in predicate_list(arg_dict['incremental_predicates']) %}
    and ({{ predicate }})
  {%- endfor %};
  insert into {{ target }} ({{ columns }})
  select {{ columns }} from {{ arg_dict['temp_relation'] }}
  where {{ in_batch }}
{% endmacro %}

{% macro get_quoted_csv(column_names) %}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote(name)) -%}
  {%- endfor -%}
  {%- do return(quoted | join(', ')) -%}
{% endmacro %}

{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) %}
  {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
  insert into {{ target_relation }} ({{ columns }})
  select {{ columns }} from {{ temp_relation }}
{% endmacro %}

{% macro key_list(unique_key) %}
  {%- if not unique_key -%}
    {%- do return([]) -%}
  {%- elif unique_key is string -%}
    {%- do return([unique_key]) -%}
  {%- else -%}
    {%- do return(unique_key | list) -%}
  {%- endif -%}
{% endmacro %}

{% macro predicate_list(incremental_predicates) %}
  {%- if incremental_predicates is none -%}
    {%- do return([]) -%}
  {%- elif incremental_predicates is string -%}
    {%- do return([incremental_predicates]) -%}
  {%- else -%}
    {%- do return(incremental_predicates | list) -%}
  {%- endif -%}
{% endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}
  {%- do return(adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates)) -%}
{% endmacro %}

{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}
  {%- set keys = key_list(unique_key) -%}
  {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
  {%- if keys %}
  delete from {{ target }} as DBT_INTERNAL_DEST
  where ({{ keys | join(', ') }}) in (
    select {{ keys | join(', ') }} from {{ source }} as DBT_INTERNAL_SOURCE
  )
  {%- for predicate in predicate_list(incremental_predicates) %}
    and {{ predicate }}
  {%- endfor %};
  {%- endif %}
  insert into {{ target }} ({{ columns }})
  select {{ columns }} from {{ source }}
{% endmacro %}

{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- do return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) -%}
{% endmacro %}

{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- if merge_update_columns and merge_exclude_columns -%}
    {%- do exceptions.raise_compiler_error(
        'merge_update_columns and merge_exclude_columns exclude each other: configure one of them') -%}
  {%- endif -%}
  {%- set columns = [] -%}
  {%- if merge_update_columns -%}
    {%- for name in ([merge_update_columns] if merge_update_columns is string else merge_update_columns) -%}
      {%- do columns.append(adapter.quote(name)) -%}
    {%- endfor -%}
  {%- else -%}
    {%- set left_out = ([merge_exclude_columns] if merge_exclude_columns is string else merge_exclude_columns or [])
        | map('lower') | list -%}
    {%- for column in dest_columns if column.name | lower not in left_out -%}
      {%- do columns.append(column.quoted) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- do return(columns) -%}
{% endmacro %}

{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}
  {%- do return(adapter.dispatch('get_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates)) -%}
{% endmacro %}

{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}
  {%- set conditions = predicate_list(incremental_predicates) | list -%}
  {%- set keys = key_list(unique_key) -%}
  {%- for key in keys -%}
    {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
  {%- endfor -%}
  {%- if not keys -%}
    {%- do conditions.append('false') -%}
  {%- endif -%}
  {%- set updated = get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) -%}
  {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
  {%- set header = config.get('sql_header') -%}
  {{ header if header is not none }}
  merge into {{ target }} as DBT_INTERNAL_DEST
  using {{ source }} as DBT_INTERNAL_SOURCE
  on ({{ conditions | join(') and (') }})
  {%- if keys and updated %}
  when matched then update set
    {%- for column in updated %}
    {{ column }} = DBT_INTERNAL_SOURCE.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
  {%- endif %}
  when not matched then insert ({{ columns }})
  values (
    {%- for column in dest_columns -%}
    DBT_INTERNAL_SOURCE.{{ column.quoted }}{{ ', ' if not loop.last }}
    {%- endfor -%}
  )
{% endmacro %}
