{% snapshot timestamp_ignore_open_1 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key='id', strategy='timestamp', updated_at='changed') }}
select * from sacks_1
{% endsnapshot %}

{% snapshot timestamp_ignore_open_2 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key=['id','part'], strategy='timestamp', updated_at='changed') }}
select * from sacks_2
{% endsnapshot %}

{% snapshot timestamp_ignore_far_1 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key='id', strategy='timestamp', updated_at='changed', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot timestamp_ignore_far_2 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key=['id','part'], strategy='timestamp', updated_at='changed', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot timestamp_invalidate_open_1 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key='id', strategy='timestamp', updated_at='changed') }}
select * from sacks_1
{% endsnapshot %}

{% snapshot timestamp_invalidate_open_2 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key=['id','part'], strategy='timestamp', updated_at='changed') }}
select * from sacks_2
{% endsnapshot %}

{% snapshot timestamp_invalidate_far_1 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key='id', strategy='timestamp', updated_at='changed', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot timestamp_invalidate_far_2 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key=['id','part'], strategy='timestamp', updated_at='changed', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot timestamp_new_record_open_1 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key='id', strategy='timestamp', updated_at='changed') }}
select * from sacks_1
{% endsnapshot %}

{% snapshot timestamp_new_record_open_2 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key=['id','part'], strategy='timestamp', updated_at='changed') }}
select * from sacks_2
{% endsnapshot %}

{% snapshot timestamp_new_record_far_1 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key='id', strategy='timestamp', updated_at='changed', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot timestamp_new_record_far_2 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key=['id','part'], strategy='timestamp', updated_at='changed', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot check_ignore_open_1 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key='id', strategy='check', check_cols=['kind', 'kg']) }}
select * from sacks_1
{% endsnapshot %}

{% snapshot check_ignore_open_2 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key=['id','part'], strategy='check', check_cols=['kind', 'kg']) }}
select * from sacks_2
{% endsnapshot %}

{% snapshot check_ignore_far_1 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key='id', strategy='check', check_cols=['kind', 'kg'], dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot check_ignore_far_2 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key=['id','part'], strategy='check', check_cols=['kind', 'kg'], dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot check_invalidate_open_1 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key='id', strategy='check', check_cols=['kind', 'kg']) }}
select * from sacks_1
{% endsnapshot %}

{% snapshot check_invalidate_open_2 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key=['id','part'], strategy='check', check_cols=['kind', 'kg']) }}
select * from sacks_2
{% endsnapshot %}

{% snapshot check_invalidate_far_1 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key='id', strategy='check', check_cols=['kind', 'kg'], dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot check_invalidate_far_2 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key=['id','part'], strategy='check', check_cols=['kind', 'kg'], dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot check_new_record_open_1 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key='id', strategy='check', check_cols=['kind', 'kg']) }}
select * from sacks_1
{% endsnapshot %}

{% snapshot check_new_record_open_2 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key=['id','part'], strategy='check', check_cols=['kind', 'kg']) }}
select * from sacks_2
{% endsnapshot %}

{% snapshot check_new_record_far_1 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key='id', strategy='check', check_cols=['kind', 'kg'], dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot check_new_record_far_2 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key=['id','part'], strategy='check', check_cols=['kind', 'kg'], dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot all_ignore_open_1 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key='id', strategy='check', check_cols='all') }}
select * from sacks_1
{% endsnapshot %}

{% snapshot all_ignore_open_2 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key=['id','part'], strategy='check', check_cols='all') }}
select * from sacks_2
{% endsnapshot %}

{% snapshot all_ignore_far_1 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key='id', strategy='check', check_cols='all', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot all_ignore_far_2 %}
{{ config(target_schema='main', hard_deletes='ignore', unique_key=['id','part'], strategy='check', check_cols='all', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot all_invalidate_open_1 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key='id', strategy='check', check_cols='all') }}
select * from sacks_1
{% endsnapshot %}

{% snapshot all_invalidate_open_2 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key=['id','part'], strategy='check', check_cols='all') }}
select * from sacks_2
{% endsnapshot %}

{% snapshot all_invalidate_far_1 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key='id', strategy='check', check_cols='all', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot all_invalidate_far_2 %}
{{ config(target_schema='main', hard_deletes='invalidate', unique_key=['id','part'], strategy='check', check_cols='all', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}

{% snapshot all_new_record_open_1 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key='id', strategy='check', check_cols='all') }}
select * from sacks_1
{% endsnapshot %}

{% snapshot all_new_record_open_2 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key=['id','part'], strategy='check', check_cols='all') }}
select * from sacks_2
{% endsnapshot %}

{% snapshot all_new_record_far_1 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key='id', strategy='check', check_cols='all', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_1
{% endsnapshot %}

{% snapshot all_new_record_far_2 %}
{{ config(target_schema='main', hard_deletes='new_record', unique_key=['id','part'], strategy='check', check_cols='all', dbt_valid_to_current="timestamp '9999-12-31'") }}
select * from sacks_2
{% endsnapshot %}
