---- MODULE InstanceAngleActionHolds ----
\* Infinitely many steps of the instance's action, since the clock is fair.
EXTENDS Naturals
VARIABLES minute, hour

\* A clock with three hours of two minutes each.
Init == minute = 0 /\ hour = 0
Minute == minute = 0 /\ minute' = 1 /\ UNCHANGED hour
Hour == minute = 1 /\ minute' = 0 /\ hour' = (hour + 1) % 3
Next == Minute \/ Hour
Spec == /\ Init
        /\ [][Next]_<<minute, hour>>
        /\ WF_<<minute, hour>>(Next)

Face == INSTANCE CyclicCounter WITH count <- hour, Limit <- 3
Prop == []<><<Face!Tick>>_hour
====
