-------------------------------- MODULE Window --------------------------------
\* Window: a sliding window over channels that lose
\*
\* A sender transmits items over a channel that keeps their order and may lose any of
\* them. The receiver takes only the item that it expects, and acknowledges. When nothing
\* comes, the sender goes back and sends the whole window again.
\*
\* Stresses: long sequences, Append, SubSeq, concatenation, removal from the middle.

EXTENDS Naturals, Sequences

CONSTANTS
  Items,       \* how many items are sent
  Size,        \* how many are under way without an acknowledgement
  Capacity     \* how many messages a channel holds

VARIABLES
  unacknowledged,  \* the items of the window, the oldest first
  sent,            \* how many items the sender took so far
  data,            \* the channel to the receiver: records of number and item
  acks,            \* the channel back: how many items were received
  received         \* what the receiver has

vars == <<unacknowledged, sent, data, acks, received>>

\* The n-th item.
Item(n) == n * n

TypeOK ==
  /\ unacknowledged \in Seq(Nat) /\ Len(unacknowledged) <= Size
  /\ sent \in 0..Items
  /\ \A i \in DOMAIN data : data[i] \in [number : 1..Items, item : Nat]
  /\ \A i \in DOMAIN acks : acks[i] \in 0..Items
  /\ Len(data) <= Capacity /\ Len(acks) <= Capacity
  /\ received \in Seq(Nat)

Init ==
  /\ unacknowledged = <<>>
  /\ sent = 0
  /\ data = <<>>
  /\ acks = <<>>
  /\ received = <<>>

Send ==
  /\ sent < Items /\ Len(unacknowledged) < Size /\ Len(data) < Capacity
  /\ sent' = sent + 1
  /\ unacknowledged' = Append(unacknowledged, Item(sent + 1))
  /\ data' = Append(data, [number |-> sent + 1, item |-> Item(sent + 1)])
  /\ UNCHANGED <<acks, received>>

\* The number of the oldest item that is not acknowledged.
Base == sent - Len(unacknowledged) + 1

SendAgain ==
  /\ unacknowledged # <<>>
  /\ Len(data) + Len(unacknowledged) <= Capacity
  /\ data' =
       data \o [i \in 1..Len(unacknowledged) |->
                 [number |-> Base + i - 1, item |-> unacknowledged[i]]]
  /\ UNCHANGED <<unacknowledged, sent, acks, received>>

Receive ==
  /\ data # <<>> /\ Len(acks) < Capacity
  /\ LET message == Head(data)
     IN  received' =
           IF message.number = Len(received) + 1
           THEN received \o <<message.item>>
           ELSE received
  /\ data' = Tail(data)
  /\ acks' = Append(acks, Len(received'))
  /\ UNCHANGED <<unacknowledged, sent>>

Acknowledge ==
  /\ acks # <<>>
  /\ LET done == Head(acks) - Base + 1
     IN  unacknowledged' =
           IF done > 0
           THEN SubSeq(unacknowledged, done + 1, Len(unacknowledged))
           ELSE unacknowledged
  /\ acks' = Tail(acks)
  /\ UNCHANGED <<sent, data, received>>

\* The sequence without its i-th element.
Without(sequence, i) == SubSeq(sequence, 1, i - 1) \o SubSeq(sequence, i + 1, Len(sequence))

LoseData ==
  \E i \in 1..Len(data) :
    /\ data' = Without(data, i)
    /\ UNCHANGED <<unacknowledged, sent, acks, received>>

LoseAck ==
  \E i \in 1..Len(acks) :
    /\ acks' = Without(acks, i)
    /\ UNCHANGED <<unacknowledged, sent, data, received>>

Next == Send \/ SendAgain \/ Receive \/ Acknowledge \/ LoseData \/ LoseAck

Spec == Init /\ [][Next]_vars

\* The receiver has a prefix of the items, in order and without a gap.
ReceivedInOrder == \A i \in 1..Len(received) : received[i] = Item(i)

\* An item that is no longer kept was received.
NothingLost == Base - 1 <= Len(received)

===============================================================================
