---- MODULE InvariantBeforeLiveness ----
\* An invariant under PROPERTY is violated, and so is a temporal property: the invariant is found first.
EXTENDS Naturals
VARIABLES sent, got

\* One of three letters is sent at a time; it is received or lost.
Send == sent = got /\ sent < 3 /\ sent' = sent + 1 /\ UNCHANGED got
Receive == got < sent /\ got' = sent /\ UNCHANGED sent
Lose == got < sent /\ sent' = got /\ UNCHANGED got
Next == Send \/ Receive \/ Lose
Init == sent = 0 /\ got = 0
Spec == /\ Init
        /\ [][Next]_<<sent, got>>

NoGap == sent - got \in 0..1
InOrder == [](got <= sent)
NeverTwo == [](got < 2)
Monotonic == [][got' >= got]_got
OneByOne == [][sent' = sent + 1]_sent
Delivered == \A n \in 1..3 : sent = n ~> got = n
AllDelivered == <>(got = 3)
Answered == (got < sent) ~> (got = sent)
====
