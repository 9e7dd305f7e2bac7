---- MODULE ClockHolds ----
\* Each hour comes again and again, and a set alarm rings.
EXTENDS Naturals
VARIABLES hour, alarm
vars == <<hour, alarm>>

\* A clock with an alarm that may be set at any time, and that rings at hour 7.
Tick == hour' = (hour % 12) + 1 /\ alarm' = IF alarm = "set" /\ hour' = 7 THEN "ringing" ELSE alarm
Set == alarm = "off" /\ alarm' = "set" /\ UNCHANGED hour
Stop == alarm = "ringing" /\ alarm' = "off" /\ UNCHANGED hour

Init == hour = 12 /\ alarm = "off"
Next == Tick \/ Set \/ Stop
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(Tick)

EachHour == \A h \in 1..12 : []<>(hour = h)
Rings == alarm = "set" ~> alarm = "ringing"
RingsAtSeven == [](alarm = "ringing" => hour = 7)
QuietAgain == []<>(alarm = "off")
ActsInOrder == [][hour' # hour => hour' = (hour % 12) + 1]_vars
====
