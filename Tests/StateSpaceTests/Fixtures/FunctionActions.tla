--------------------------- MODULE FunctionActions ---------------------------
\* Applications of functions as actions: TLC puts the argument into the body, which may assign, and may be true in several ways.
EXTENDS Integers
VARIABLES x, y
vars == <<x, y>>

Set[v \in 0..3] == x' = v
Either[v \in 0..3] == x' = v \/ x' = v + 1
Countdown[v \in 0..5] == IF v = 0 THEN x' = 4 ELSE Countdown[v - 1]
Down[w \in 0..2] == w = 0 \/ \E u \in 0..(w - 1) : Down[u]
Any[v \in 0..2] == \/ v = 0 /\ y' = 0
                   \/ \E w \in 0..(v - 1) : y' = v /\ Down[w]
Both[v \in 0..1, w \in {"a", "b"}] == x' = v /\ (w = "a" \/ w = "b")
Pair[<<v, w>> \in {0, 1} \X {0, 1}] == x' = v + w
Family(n) == [v \in {n} |-> x' = v \/ y < 0]
Ways[v \in 0..3] == v <= y \/ v >= x
Known[v \in 0..3] == v < 2 \/ v > 0

Init == y = 0 /\ x \in 0..1
Next ==
  \/ y' = y /\ (Set[2] \/ Either[1] \/ Countdown[3] \/ Both[1, "b"] \/ Pair[<<1, 1>>] \/ Family(3)[3])
  \/ x' = x /\ Any[2]
  \/ x < 3 /\ Ways[1] /\ x' = x /\ y' = 1
  \/ Known[1] /\ UNCHANGED vars
  \/ LET Local[v \in {x}] == x' = v /\ y' = y IN Local[x]
  \/ [v \in {0} |-> x' = v /\ y' = v][0]
Small == x \in 0..4 /\ y \in 0..2
=============================================================================
