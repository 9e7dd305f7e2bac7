---- MODULE AllStatesTerminalHolds ----
\* No state has a successor: each behavior stutters in its initial state.
VARIABLE word

Init == word \in {"ja", "no", "si"}
Next == word = "yes" /\ word' = "no"
Spec == Init /\ [][Next]_word /\ WF_word(Next)

Prop == [](word = "ja") \/ [](word = "no") \/ [](word = "si")
====
