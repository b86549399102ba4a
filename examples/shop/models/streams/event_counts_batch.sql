-- The batch side: all windows there were at the last build.
{{ config(materialized='table') }}

select
    window_start,
    window_end,
    type as event_type,
    count(*) as event_count
from {{ tumble(source('raw', 'events'), 'timestamp', '5 minutes') }}
group by 1, 2, 3
