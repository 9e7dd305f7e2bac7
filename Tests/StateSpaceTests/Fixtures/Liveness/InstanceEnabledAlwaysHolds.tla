---- MODULE InstanceEnabledAlwaysHolds ----
\* The substituted action is enabled in every state: ENABLED asks for a step of the abstract counter, not of the
\* clock.
EXTENDS Naturals
VARIABLES minute, hour

\* A clock with three hours of two minutes each.
Init == minute = 0 /\ hour = 0
Minute == minute = 0 /\ minute' = 1 /\ UNCHANGED hour
Hour == minute = 1 /\ minute' = 0 /\ hour' = (hour + 1) % 3
Next == Minute \/ Hour
Spec == /\ Init
        /\ [][Next]_<<minute, hour>>

Face == INSTANCE CyclicCounter WITH count <- hour, Limit <- 3
Prop == []<>ENABLED Face!Tick
====
