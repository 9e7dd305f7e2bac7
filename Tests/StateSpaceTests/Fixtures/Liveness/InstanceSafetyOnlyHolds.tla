---- MODULE InstanceSafetyOnlyHolds ----
\* The initial predicate and the steps of the instance, without its fairness.
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
Prop == Face!Init /\ [][Face!Tick]_hour
====
