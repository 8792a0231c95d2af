-- What is chosen of each facet; nothing chosen lets all through. Included by the other queries.
(empty({year:Array(UInt16)}) OR has({year:Array(UInt16)}, year))
    AND (empty({unit:Array(String)}) OR has({unit:Array(String)}, unit))
    AND (empty({kind:Array(String)}) OR has({kind:Array(String)}, kind))
    AND (empty({role:Array(String)}) OR has({role:Array(String)}, role))
