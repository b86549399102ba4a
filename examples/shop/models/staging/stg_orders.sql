select
    id as order_id,
    customer_id,
    status,
    total as order_total,
    placed_at,
    {{ calendar_month('placed_at') }} as order_month,
    updated_at
from {{ source('raw', 'orders') }}
