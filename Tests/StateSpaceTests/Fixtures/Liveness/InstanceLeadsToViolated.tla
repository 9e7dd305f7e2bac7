---- MODULE InstanceLeadsToViolated ----
\* A leads-to between predicates of two instances; the second one's constant is too large for the clock.
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
Large == INSTANCE CyclicCounter WITH count <- hour + 1, Limit <- 4
Prop == Face!Init ~> Large!Init
====
