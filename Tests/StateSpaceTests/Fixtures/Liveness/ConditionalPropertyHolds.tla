---- MODULE ConditionalPropertyHolds ----
\* IF with a state predicate as its guard and temporal formulas in both branches.
EXTENDS Naturals
VARIABLE light

On == light = "on"
Off == light = "off"

TurnOn == light = "off" /\ light' = "on"
TurnOff == light = "on" /\ light' = "off"

Init == light = "off"
Next == TurnOn \/ TurnOff
Spec == /\ Init
        /\ [][Next]_light
        /\ WF_light(Next)

Prop == IF Off THEN []<>On ELSE <>[]Off
====
