---- MODULE AllStatesTerminalFairnessHolds ----
\* Weak and strong fairness of an action that is never enabled are true.
VARIABLE word

Init == word \in {"ja", "no", "si"}
Next == word = "yes" /\ word' = "no"
Spec == Init /\ [][Next]_word /\ WF_word(Next)

Prop == WF_word(Next) /\ SF_word(Next)
====
