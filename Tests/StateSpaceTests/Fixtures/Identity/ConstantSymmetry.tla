----------------------- MODULE ConstantSymmetry -----------------------
\* The symmetry is the name of a constant of the configuration and no definition.
EXTENDS TLC
CONSTANTS P, Sym
VARIABLE on
Init == on = {}
Next == \E m \in P \ on : on' = on \cup {m}
Ok == on \subseteq P
=======================================================================
