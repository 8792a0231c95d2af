    build LowCardinality(String),
    facet LowCardinality(String),
    place UInt32 COMMENT '先后',
    value String,
    label String COMMENT '读者看到的名字'
