---- MODULE AllStatesTerminalViolated ----
\* No state has a successor, and one of the initial states violates the property.
VARIABLE word

Init == word \in {"ja", "no", "si"}
Next == word = "yes" /\ word' = "no"
Spec == Init /\ [][Next]_word /\ WF_word(Next)

Prop == []<>(word # "no")
====
