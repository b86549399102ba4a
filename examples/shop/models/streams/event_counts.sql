-- The speed side: the same counts a moment after the events, in the warehouse and as a Delta table that other engines read.
{{ config(
    materialized='streaming',
    event_time='timestamp',
    trigger='1 second',
    format='delta',
    location='target/delta/event_counts'
) }}

select
    window_start,
    window_end,
    type as event_type,
    count(*) as event_count
from {{ tumble(source('raw', 'events'), 'timestamp', '5 minutes') }}
group by 1, 2, 3
