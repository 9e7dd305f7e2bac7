---- MODULE CrossingHolds ----
\* Both streets become green again and again with strong fairness of green for each.
VARIABLE lamp

\* Traffic lamps of a crossing; both are red before one of them becomes green.
Streets == {"north", "east"}
Green(s) == (\A t \in Streets : lamp[t] = "red") /\ lamp' = [lamp EXCEPT ![s] = "green"]
Yellow(s) == lamp[s] = "green" /\ lamp' = [lamp EXCEPT ![s] = "yellow"]
Red(s) == lamp[s] = "yellow" /\ lamp' = [lamp EXCEPT ![s] = "red"]

Init == lamp = [s \in Streets |-> "red"]
Next == \E s \in Streets : Green(s) \/ Yellow(s) \/ Red(s)
Spec == /\ Init
        /\ [][Next]_lamp
        /\ (\A s \in Streets : SF_lamp(Green(s)))
        /\ WF_lamp(Next)

Safe == [](\E s \in Streets : lamp[s] = "red")
Flows == \A s \in Streets : lamp[s] = "red" ~> lamp[s] = "green"
YellowFirst == [][\A s \in Streets : lamp'[s] = "red" => lamp[s] # "green"]_lamp
SomeGreen == []<>(\E s \in Streets : lamp[s] = "green")
====
