------------------------------- MODULE pubsub --------------------------------
\* Publish and subscribe: a broker forwards items
\*
\* Publishers send items to a broker, which forwards each item to the nodes that have
\* subscribed. Everything is a message, a subscription, too. The checker finds that
\* NothingMissed fails, at best in 5 states: a subscriber whose subscription reaches the
\* broker after an item never gets that item.
\*
\* What to try next:
\* - Let the broker send a new subscriber what it has forwarded so far: in Accept, inbox'
\*   becomes [Read(b) EXCEPT
\*     ![s] = @ \o [i \in DOMAIN forwarded[b] |-> Item(b, forwarded[b][i])]]
\*   NothingMissed holds.
\* - Then let a node end its subscription, and subscribe again. Does it get an item twice?
\* - Set Publishers = {p1, p2} in the configuration, and write an invariant SameOrder: all
\*   subscribers get the items in the same order.

EXTENDS Sequences

CONSTANTS
  Broker,        \* the node that forwards
  Publishers,    \* the nodes that publish
  Subscribers,   \* the nodes that subscribe
  Items          \* what is published; each item only once

Nodes == {Broker} \union Publishers \union Subscribers

VARIABLES
  inbox,         \* for each node, the messages that wait for it, the oldest first
  published,     \* for each publisher, the items that it has published
  subscribed,    \* for each subscriber, "no", "asked", or "yes" when the broker knows
  forwarded,     \* for the broker, the items that it has forwarded, the oldest first
  got            \* for each subscriber, the items that it has, the oldest first

vars == <<inbox, published, subscribed, forwarded, got>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ published = [p \in Publishers |-> {}]
  /\ subscribed = [s \in Subscribers |-> "no"]
  /\ forwarded = [b \in {Broker} |-> <<>>]
  /\ got = [s \in Subscribers |-> <<>>]

\* A message with an item.
Item(n, item) == [kind |-> "item", from |-> n, item |-> item]

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) == inbox[n] # <<>> /\ Head(inbox[n]).kind = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

\* p publishes an item.
Publish(p) ==
  /\ \E item \in Items :
       /\ \A q \in Publishers : item \notin published[q]
       /\ published' = [published EXCEPT ![p] = @ \union {item}]
       /\ inbox' = [inbox EXCEPT ![Broker] = Append(@, Item(p, item))]
  /\ UNCHANGED <<subscribed, forwarded, got>>

\* s asks the broker for a subscription.
Subscribe(s) ==
  /\ subscribed[s] = "no"
  /\ subscribed' = [subscribed EXCEPT ![s] = "asked"]
  /\ inbox' = [inbox EXCEPT ![Broker] = Append(@, [kind |-> "subscribe", from |-> s])]
  /\ UNCHANGED <<published, forwarded, got>>

\* The broker reads a subscription.
Accept(b) ==
  /\ Received(b, "subscribe")
  /\ LET s == Head(inbox[b]).from
     IN  /\ subscribed' = [subscribed EXCEPT ![s] = "yes"]
         /\ inbox' = Read(b)
  /\ UNCHANGED <<published, forwarded, got>>

\* The broker forwards an item to every node that has subscribed.
Forward(b) ==
  /\ Received(b, "item")
  /\ LET item == Head(inbox[b]).item
         reached == {s \in Subscribers : subscribed[s] = "yes"}
     IN  /\ inbox' =
              [n \in Nodes |->
                IF n \in reached THEN Append(inbox[n], Item(b, item)) ELSE Read(b)[n]]
         /\ forwarded' = [forwarded EXCEPT ![b] = Append(@, item)]
  /\ UNCHANGED <<published, subscribed, got>>

\* s gets an item.
Get(s) ==
  /\ Received(s, "item")
  /\ got' = [got EXCEPT ![s] = Append(@, Head(inbox[s]).item)]
  /\ inbox' = Read(s)
  /\ UNCHANGED <<published, subscribed, forwarded>>

Next ==
  \/ \E p \in Publishers : Publish(p)
  \/ \E s \in Subscribers : Subscribe(s) \/ Get(s)
  \/ Accept(Broker)
  \/ Forward(Broker)

Spec == Init /\ [][Next]_vars

\* What the variables can be.
TypeOK ==
  /\ inbox \in
       [Nodes -> Seq([kind : {"item"}, from : Nodes, item : Items]
                       \union [kind : {"subscribe"}, from : Subscribers])]
  /\ published \in [Publishers -> SUBSET Items]
  /\ subscribed \in [Subscribers -> {"no", "asked", "yes"}]
  /\ forwarded \in [{Broker} -> Seq(Items)]
  /\ got \in [Subscribers -> Seq(Items)]

\* A subscriber for which no message waits has got everything that the broker forwarded.
NothingMissed ==
  \A s \in Subscribers :
    subscribed[s] = "yes" /\ inbox[s] = <<>> => got[s] = forwarded[Broker]

=============================================================================
