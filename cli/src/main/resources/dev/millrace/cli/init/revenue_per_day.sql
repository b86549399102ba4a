{{ config(materialized='table') }}

select
    ordered_on,
    count(*) as orders,
    sum(amount) as revenue
from {{ ref('stg_orders') }}
where status = 'paid'
group by 1
order by 1
