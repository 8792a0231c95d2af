-- Which passages have every word and none of the unwanted ones. Included by the other queries.
build = {build:String}
    AND $has_words
    AND if(length({words:Array(String)}) <= $slots, 1, arrayAll(word -> position(folded, word) > 0, {words:Array(String)}))
    AND if(empty({without:Array(String)}), 1, NOT arrayExists(word -> position(folded, word) > 0, {without:Array(String)}))
