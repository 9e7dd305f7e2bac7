---------------------- MODULE MappedPermutations ----------------------
\* The operator maps the permutations of two values over a set constructor to permutations of four values in pairs.
EXTENDS Naturals, TLC
CONSTANTS a1, a2, b1, b2
VARIABLE up
All == {a1, a2, b1, b2}
Partner(v) == IF v = a1 THEN b1 ELSE IF v = a2 THEN b2 ELSE IF v = b1 THEN a1 ELSE a2
Sym == {f @@ (b1 :> Partner(f[a1])) @@ (b2 :> Partner(f[a2])) : f \in Permutations({a1, a2})}
Init == up = {}
Next == \E v \in All \ up : up' = up \cup {v}
Small == up \subseteq All
=======================================================================
