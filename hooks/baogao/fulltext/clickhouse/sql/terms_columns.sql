    build LowCardinality(String),
    term String COMMENT '一个字、两个相连的字，或 terms.txt 里的词',
    office UInt8 COMMENT '1：terms.txt 里的词',
    passages UInt32 COMMENT '几节里有'
