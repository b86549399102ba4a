select
    Id as account_id,
    Name as account_name,
    Shop_Customer_Id__c as customer_key
from {{ source('raw', 'account') }}
