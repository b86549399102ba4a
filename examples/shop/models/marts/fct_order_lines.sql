{{ config(
    materialized='incremental',
    unique_key='order_item_id',
    incremental_strategy='merge'
) }}

select
    i.order_item_id,
    i.order_id,
    i.product_id,
    p.category,
    i.quantity,
    i.unit_price,
    i.line_total,
    i.updated_at
from {{ ref('stg_order_items') }} i
left join {{ ref('stg_products') }} p on p.product_id = i.product_id

{% if is_incremental() %}
where i.updated_at >= (select max(updated_at) from {{ this }})
{% endif %}
