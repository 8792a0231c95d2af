-- How many sections each value would show: the other facets as chosen, its own as the query itself has it (own_…).
SELECT facet.1 AS name, facet.2 AS value, toUInt32(count()) AS count
FROM
(
    SELECT [
            ('year', toString(year), in_unit AND in_kind AND in_role AND in_part AND (empty({own_year:Array(UInt16)}) OR has({own_year:Array(UInt16)}, year))),
            ('unit', unit, in_year AND in_kind AND in_role AND in_part AND (empty({own_unit:Array(String)}) OR has({own_unit:Array(String)}, unit))),
            ('kind', kind, in_year AND in_unit AND in_role AND in_part AND (empty({own_kind:Array(String)}) OR has({own_kind:Array(String)}, kind))),
            ('role', role, in_year AND in_unit AND in_kind AND in_part AND (empty({own_role:Array(String)}) OR has({own_role:Array(String)}, role))),
            ('part', part, in_year AND in_unit AND in_kind AND in_role AND (empty({own_part:Array(String)}) OR has({own_part:Array(String)}, part)))
        ] AS facets
    FROM
    (
        SELECT year, toString(unit) AS unit, toString(kind) AS kind, toString(role) AS role, toString(part) AS part,
            empty({year:Array(UInt16)}) OR has({year:Array(UInt16)}, year) AS in_year,
            empty({unit:Array(String)}) OR has({unit:Array(String)}, unit) AS in_unit,
            empty({kind:Array(String)}) OR has({kind:Array(String)}, kind) AS in_kind,
            empty({role:Array(String)}) OR has({role:Array(String)}, role) AS in_role,
            empty({part:Array(String)}) OR has({part:Array(String)}, part) AS in_part
        FROM $database.sections
        WHERE $matching
            AND about = 0
    )
)
ARRAY JOIN facets AS facet
WHERE facet.3 AND facet.2 != ''
GROUP BY name, value
ORDER BY name, value
FORMAT JSON
