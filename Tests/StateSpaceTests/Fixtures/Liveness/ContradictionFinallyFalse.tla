---- MODULE ContradictionFinallyFalse ----
\* <>[]FALSE is false of every behavior.
EXTENDS Naturals
VARIABLE coin

\* A coin lies in the hand, or it shows one of its sides.
Throw == coin = "hand" /\ coin' \in {"head", "tail"}
Take == coin # "hand" /\ coin' = "hand"
Init == coin = "hand"
Next == Throw \/ Take
Spec == /\ Init
        /\ [][Next]_coin
        /\ WF_coin(Next)

Prop == <>[]FALSE
====
