---- MODULE TautologyEventuallyState ----
\* <>P where P is true of every state, though not a constant.
EXTENDS Naturals
VARIABLE coin

\* A coin lies in the hand, or it shows one of its sides.
Throw == coin = "hand" /\ coin' \in {"head", "tail"}
Take == coin # "hand" /\ coin' = "hand"
Init == coin = "hand"
Next == Throw \/ Take
Spec == /\ Init
        /\ [][Next]_coin

Prop == <>(coin = coin)
====
