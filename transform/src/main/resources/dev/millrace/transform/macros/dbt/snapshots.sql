{#- Snapshots: every state that a row has had, with the time it was true (a slowly changing dimension of type 2). -#}

{% materialization snapshot, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = adapter.load_relation(this) -%}
  {%- if existing is not none and not existing.is_table -%}
    {%- do exceptions.raise_compiler_error(this ~ ' is a ' ~ existing.type ~ ', not the table of a snapshot') -%}
  {%- endif -%}
  {%- set names = get_snapshot_table_column_names() -%}
  {%- set deletes = config.get('hard_deletes') or ('invalidate' if config.get('invalidate_hard_deletes') else 'ignore') -%}
  {%- set strategy_macro = strategy_dispatch(config.get('strategy')) -%}
  {%- set strategy = strategy_macro(model, 'snapshotted_data', 'source_data', model['config'], existing is not none) -%}
  {%- set keys = key_list(strategy.unique_key) -%}

  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}
  {%- if existing is none -%}
    {%- call statement('main', auto_begin=true) -%}
      {{ create_table_as(false, target_relation, build_snapshot_table(strategy, model['compiled_code'])) }}
    {%- endcall -%}
  {%- else -%}
    {%- set staging = make_temp_relation(target_relation) -%}
    {%- call statement('staging', auto_begin=true) -%}
      {{ create_table_as(true, staging, snapshot_staging(strategy, keys, model['compiled_code'], target_relation, names, deletes)) }}
    {%- endcall -%}
    {%- set source_columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(staging)
        if column.name | lower not in ('dbt_change_type', 'dbt_unique_key') and not column.name | lower is in(snapshot_key_columns(keys)) -%}
      {%- do source_columns.append(column) -%}
    {%- endfor -%}
    {%- set missing = diff_columns(source_columns, adapter.get_columns_in_relation(target_relation)) -%}
    {%- do alter_relation_add_remove_columns(target_relation, missing, none) if missing -%}
    {%- call statement('close') -%}
      {{ snapshot_close_rows(target_relation, staging, names) }}
    {%- endcall -%}
    {%- call statement('main') -%}
      {{ snapshot_insert_rows(target_relation, staging, source_columns) }}
    {%- endcall -%}
    {%- do adapter.execute('drop table if exists ' ~ staging) -%}
  {%- endif -%}
  {{ finish_relation(target_relation) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro get_snapshot_table_column_names() %}
  {%- set names = {
      'dbt_valid_from': 'dbt_valid_from', 'dbt_valid_to': 'dbt_valid_to', 'dbt_scd_id': 'dbt_scd_id',
      'dbt_updated_at': 'dbt_updated_at', 'dbt_is_deleted': 'dbt_is_deleted'} -%}
  {%- do names.update(config.get('snapshot_meta_column_names') or {}) -%}
  {%- do return(names) -%}
{% endmacro %}

{% macro strategy_dispatch(name) %}
  {%- set parts = name.split('.') -%}
  {%- set package_name = parts[0] if parts | length > 1 else none -%}
  {%- set macro_name = 'snapshot_' ~ parts[-1] ~ '_strategy' -%}
  {%- set scope = context.get(package_name, {}) if package_name else context -%}
  {%- set found = scope.get(macro_name) -%}
  {%- if found is none or found is undefined -%}
    {%- do exceptions.raise_compiler_error("the snapshot strategy '" ~ name ~ "' is unknown: there is no macro " ~ macro_name) -%}
  {%- endif -%}
  {%- do return(found) -%}
{% endmacro %}

{% macro snapshot_hash_arguments(args) %}
  {%- do return(adapter.dispatch('snapshot_hash_arguments', 'dbt')(args)) -%}
{% endmacro %}

{% macro default__snapshot_hash_arguments(args) -%}
  md5({%- for arg in args -%}
    coalesce(cast({{ arg }} as varchar), ''){{ " || '|' || " if not loop.last }}
  {%- endfor -%})
{%- endmacro %}

{% macro snapshot_string_as_time(timestamp) %}
  {%- do return(adapter.dispatch('snapshot_string_as_time', 'dbt')(timestamp)) -%}
{% endmacro %}

{% macro default__snapshot_string_as_time(timestamp) %}
  {%- do return("'" ~ timestamp ~ "'::timestamp") -%}
{% endmacro %}

{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {%- set names = get_snapshot_table_column_names() -%}
  {%- set key = model_config.get('unique_key') -%}
  {%- set updated_at = model_config.get('updated_at') -%}
  {%- set row_changed -%}
    ({{ snapshotted_rel }}.{{ names.dbt_valid_from }} < {{ current_rel }}.{{ updated_at }})
  {%- endset -%}
  {%- do return({
      'unique_key': key,
      'updated_at': updated_at,
      'row_changed': row_changed,
      'scd_id': snapshot_hash_arguments(key_list(key) + [updated_at]),
      'invalidate_hard_deletes': model_config.get('invalidate_hard_deletes') or false
  }) -%}
{% endmacro %}

{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) %}
  {%- if not target_exists -%}
    {%- do return([false, []]) -%}
  {%- endif -%}
  {%- if check_cols_config == 'all' -%}
    {%- set wanted = get_columns_in_query(node['compiled_code']) -%}
  {%- else -%}
    {%- set wanted = [check_cols_config] if check_cols_config is string else check_cols_config -%}
  {%- endif -%}
  {%- set existing = adapter.get_columns_in_relation(this) | map(attribute='name') | map('lower') | list -%}
  {%- set ns = namespace(added=false) -%}
  {%- set both = [] -%}
  {%- for column in wanted -%}
    {%- if column | lower in existing -%}
      {%- do both.append(adapter.quote(column) if check_cols_config == 'all' else column) -%}
    {%- else -%}
      {%- set ns.added = true -%}
    {%- endif -%}
  {%- endfor -%}
  {%- do return([ns.added, both]) -%}
{% endmacro %}

{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {%- set key = model_config.get('unique_key') -%}
  {%- set updated_at = model_config.get('updated_at') or snapshot_get_time() -%}
  {%- set column_added, columns = snapshot_check_all_get_existing_columns(node, target_exists, model_config.get('check_cols')) -%}
  {%- set row_changed -%}
    (
    {%- if column_added -%}
      true
    {%- else -%}
      {%- for column in columns -%}
        {{ snapshotted_rel }}.{{ column }} is distinct from {{ current_rel }}.{{ column }}{{ ' or ' if not loop.last }}
      {%- else -%}
        false
      {%- endfor -%}
    {%- endif -%}
    )
  {%- endset -%}
  {%- do return({
      'unique_key': key,
      'updated_at': updated_at,
      'row_changed': row_changed,
      'scd_id': snapshot_hash_arguments(key_list(key) + [updated_at]),
      'invalidate_hard_deletes': model_config.get('invalidate_hard_deletes') or false
  }) -%}
{% endmacro %}

{% macro build_snapshot_table(strategy, sql) %}
  {%- do return(adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql)) -%}
{% endmacro %}

{% macro default__build_snapshot_table(strategy, sql) %}
  {%- set names = get_snapshot_table_column_names() -%}
  select
    *,
    {{ strategy.scd_id }} as {{ names.dbt_scd_id }},
    {{ strategy.updated_at }} as {{ names.dbt_updated_at }},
    {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
    {{ snapshot_open_end(strategy) }} as {{ names.dbt_valid_to }}
    {%- if config.get('hard_deletes') == 'new_record' %},
    'False' as {{ names.dbt_is_deleted }}
    {%- endif %}
  from (
    {{ sql }}
  ) as source_data
{% endmacro %}

{#- What stands at the end of a state that is true now: null in the type of the time, or what is configured. -#}
{% macro snapshot_open_end(strategy) %}
  {%- set open_end = config.get('dbt_valid_to_current') -%}
  {%- if open_end -%}
    coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ open_end }})
  {%- else -%}
    nullif({{ strategy.updated_at }}, {{ strategy.updated_at }})
  {%- endif -%}
{% endmacro %}

{% macro snapshot_key_columns(keys) %}
  {%- set columns = [] -%}
  {%- for key in keys -%}
    {%- do columns.append('dbt_unique_key_' ~ loop.index) -%}
  {%- endfor -%}
  {%- do return(columns) -%}
{% endmacro %}

{#- What is to happen, one row each: 'insert' a state that begins, 'update' or 'delete' one that ends. -#}
{% macro snapshot_staging(strategy, keys, sql, target_relation, names, deletes) %}
  {%- set open_end = config.get('dbt_valid_to_current') -%}
  {%- set current = names.dbt_valid_to ~ ' is null' ~ (' or ' ~ names.dbt_valid_to ~ ' = ' ~ open_end if open_end else '') -%}
  {%- set key_columns = snapshot_key_columns(keys) -%}
  {%- set records_deletes = deletes == 'new_record' -%}
  {%- set same_key -%}
    {%- for column in key_columns -%}
      snapshotted_data.{{ column }} = source_data.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
  {%- endset -%}
  with snapshot_query as (
    {{ sql }}
  ),

  snapshotted_data as (
    select *
    {%- for key in keys %}, {{ key }} as {{ key_columns[loop.index0] }}{% endfor %}
    from {{ target_relation }}
    where {{ current }}
  ),

  source_data as (
    select
      *,
      {%- for key in keys %}
      {{ key }} as {{ key_columns[loop.index0] }},
      {%- endfor %}
      {{ strategy.scd_id }} as {{ names.dbt_scd_id }},
      {{ strategy.updated_at }} as {{ names.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ names.dbt_valid_from }},
      {{ snapshot_open_end(strategy) }} as {{ names.dbt_valid_to }}
    from snapshot_query
  )

  select
    'insert' as dbt_change_type,
    source_data.*
    {%- if records_deletes %}, 'False' as {{ names.dbt_is_deleted }}{% endif %}
  from source_data
  left join snapshotted_data on {{ same_key }}
  where snapshotted_data.{{ key_columns[0] }} is null
    or {{ strategy.row_changed }}
    {%- if records_deletes %}
    or snapshotted_data.{{ names.dbt_is_deleted }} = 'True'
    {%- endif %}

  union all by name

  select
    'update' as dbt_change_type,
    source_data.* exclude ({{ names.dbt_scd_id }}, {{ names.dbt_valid_to }}),
    source_data.{{ names.dbt_updated_at }} as {{ names.dbt_valid_to }},
    snapshotted_data.{{ names.dbt_scd_id }}
    {%- if records_deletes %}, snapshotted_data.{{ names.dbt_is_deleted }}{% endif %}
  from source_data
  join snapshotted_data on {{ same_key }}
  where {{ strategy.row_changed }}
    {%- if records_deletes %}
    or snapshotted_data.{{ names.dbt_is_deleted }} = 'True'
    {%- endif %}

  {%- if deletes in ('invalidate', 'new_record') %}

  union all by name

  select
    'delete' as dbt_change_type,
    snapshotted_data.* exclude ({{ names.dbt_valid_to }}),
    {{ snapshot_get_time() }} as {{ names.dbt_valid_to }}
  from snapshotted_data
  where not exists (select 1 from source_data where {{ same_key }})
    {%- if records_deletes %}
    and snapshotted_data.{{ names.dbt_is_deleted }} = 'False'
    {%- endif %}
  {%- endif %}

  {%- if records_deletes %}

  union all by name

  select
    'insert' as dbt_change_type,
    snapshotted_data.* replace (
      {{ snapshot_hash_arguments(['snapshotted_data.' ~ names.dbt_scd_id, snapshot_get_time()]) }} as {{ names.dbt_scd_id }},
      {{ snapshot_get_time() }} as {{ names.dbt_valid_from }},
      {{ snapshot_get_time() }} as {{ names.dbt_updated_at }},
      {{ open_end or 'null' }} as {{ names.dbt_valid_to }},
      'True' as {{ names.dbt_is_deleted }}
      {%- for column in columns_gone(sql, target_relation, names) %},
      null as {{ column }}
      {%- endfor %}
    )
  from snapshotted_data
  where not exists (select 1 from source_data where {{ same_key }})
    and snapshotted_data.{{ names.dbt_is_deleted }} = 'False'
  {%- endif %}
{% endmacro %}

{#- Columns of the snapshot that its query does not give any more. -#}
{% macro columns_gone(sql, target_relation, names) %}
  {%- set given = get_columns_in_query(sql) | map('lower') | list + names.values() | map('lower') | list -%}
  {%- set gone = [] -%}
  {%- for column in adapter.get_columns_in_relation(target_relation) if column.name | lower not in given -%}
    {%- do gone.append(column.quoted) -%}
  {%- endfor -%}
  {%- do return(gone) -%}
{% endmacro %}

{% macro snapshot_close_rows(target_relation, staging, names) %}
  update {{ target_relation }} as snapshotted
  set {{ names.dbt_valid_to }} = staged.{{ names.dbt_valid_to }}
  from {{ staging }} as staged
  where staged.{{ names.dbt_scd_id }} = snapshotted.{{ names.dbt_scd_id }}
    and staged.dbt_change_type in ('update', 'delete')
    and (snapshotted.{{ names.dbt_valid_to }} is null
    {%- if config.get('dbt_valid_to_current') %} or snapshotted.{{ names.dbt_valid_to }} = {{ config.get('dbt_valid_to_current') }}{% endif %})
{% endmacro %}

{% macro snapshot_insert_rows(target_relation, staging, columns) %}
  {%- set names = get_quoted_csv(columns | map(attribute='name')) -%}
  insert into {{ target_relation }} ({{ names }})
  select {{ names }} from {{ staging }} where dbt_change_type = 'insert'
{% endmacro %}

{% macro get_columns_in_query(select_sql) %}
  {%- if not execute -%}
    {%- do return([]) -%}
  {%- endif -%}
  {%- do return(run_query('select * from (\n' ~ select_sql ~ '\n) as query limit 0').columns | map(attribute='name') | list) -%}
{% endmacro %}
