-- 查询用的用户：只能读，只能读这个库，有时限、限量。没有口令可以登录（校验值没有对应的口令），只有 config.d 里的那几条查询用它。
-- 那几条查询不看来的地址：谁能连上 HTTP 端口，谁就能问。端口要用 listen_host、防火墙或网站服务器限制在内网。
CREATE SETTINGS PROFILE IF NOT EXISTS $user$on_cluster SETTINGS
    readonly = 1,
    max_execution_time = 10,
    max_threads = 4,
    max_memory_usage = 4000000000,
    max_result_rows = 2000000,
    max_concurrent_queries_for_user = 40,
    add_http_cors_header = 1;

CREATE QUOTA IF NOT EXISTS $user$on_cluster KEYED BY ip_address
    FOR INTERVAL 1 minute MAX queries = 1200, execution_time = 300;

CREATE USER IF NOT EXISTS $user$on_cluster IDENTIFIED WITH sha256_hash BY '0000000000000000000000000000000000000000000000000000000000000000'
    HOST IP '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1', 'fc00::/7'
    SETTINGS PROFILE '$user';

GRANT$on_cluster SELECT ON $database.* TO $user;

ALTER QUOTA $user$on_cluster TO $user;
