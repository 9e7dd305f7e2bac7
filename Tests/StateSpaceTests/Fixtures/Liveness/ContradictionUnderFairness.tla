---- MODULE ContradictionUnderFairness ----
\* The assumption and the property contradict each other, and there are behaviors that satisfy the assumption.
EXTENDS Naturals
VARIABLE coin

\* A coin lies in the hand, or it shows one of its sides.
Throw == coin = "hand" /\ coin' \in {"head", "tail"}
Take == coin # "hand" /\ coin' = "hand"
Init == coin = "hand"
Next == Throw \/ Take
Spec == /\ Init
        /\ [][Next]_coin
        /\ []<>(coin = "head")

Prop == <>[](coin = "tail")
====
