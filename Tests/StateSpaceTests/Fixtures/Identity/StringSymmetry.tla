------------------------ MODULE StringSymmetry ------------------------
\* Permutations of strings, which are no model values.
EXTENDS TLC
VARIABLE on
Init == on = {}
Next == \E m \in {"a", "b", "c"} : on' = {m}
Sym == Permutations({"a", "b", "c"})
Ok == on # {"d"}
=======================================================================
