---- MODULE AlternatingBitWeakReceive ----
\* With weak fairness the channel may lose every message.
EXTENDS Naturals
VARIABLES sendBit, recvBit, data, ack
vars == <<sendBit, recvBit, data, ack>>

\* The alternating bit protocol with channels that hold one message and may lose it.
None == 2
Send == data = None /\ data' = sendBit /\ UNCHANGED <<sendBit, recvBit, ack>>
LoseData == data # None /\ data' = None /\ UNCHANGED <<sendBit, recvBit, ack>>
Receive == data # None /\ data' = None /\ recvBit' = data /\ UNCHANGED <<sendBit, ack>>
Answer == ack = None /\ ack' = recvBit /\ UNCHANGED <<sendBit, recvBit, data>>
LoseAck == ack # None /\ ack' = None /\ UNCHANGED <<sendBit, recvBit, data>>
Confirm == /\ ack # None /\ ack' = None
           /\ sendBit' = IF ack = sendBit THEN 1 - sendBit ELSE sendBit
           /\ UNCHANGED <<recvBit, data>>

Init == sendBit = 0 /\ recvBit = 1 /\ data = None /\ ack = None
Next == Send \/ LoseData \/ Receive \/ Answer \/ LoseAck \/ Confirm
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(Send)
        /\ WF_vars(Answer)
        /\ WF_vars(Receive)
        /\ SF_vars(Confirm)

Delivered == \A b \in {0, 1} : sendBit = b ~> recvBit = b
Progress == []<><<Confirm /\ sendBit' # sendBit>>_vars
====
