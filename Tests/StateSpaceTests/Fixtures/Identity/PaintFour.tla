-------------------------- MODULE PaintFour --------------------------
\* Four tiles are painted with three shades, each tile once or twice.
EXTENDS Naturals, TLC
CONSTANT Tile
VARIABLE shade
Init == shade = [t \in Tile |-> 0]
Next == \E t \in Tile : shade[t] < 2 /\ shade' = [shade EXCEPT ![t] = @ + 1]
Sym == Permutations(Tile)
Bounded == \A t \in Tile : shade[t] \in 0..2
======================================================================
