---- MODULE InfinitelyManyStepsViolated ----
\* Without fairness there may be only finitely many steps that switch the light on.
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

Prop == []<><<TurnOn>>_light
====
