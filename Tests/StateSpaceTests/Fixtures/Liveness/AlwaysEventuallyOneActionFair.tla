---- MODULE AlwaysEventuallyOneActionFair ----
\* Only switching on is fair, so the light may stay on forever. The counterexample stutters in its second state.
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
        /\ WF_light(TurnOn)

Prop == []<>Off
====
