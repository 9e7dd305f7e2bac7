------------------------------ MODULE part14live ------------------------------
\* It's a Syn, part 14 in the end
\*
\* Part 14 with what a real system owes to its users: a message that waits is read some
\* time, and a split ends some time. Nothing else is owed: names need not be registered,
\* and links need not be cut. Then every node comes to know the registered names, and
\* nothing is under way any more.

EXTENDS part14

\* n reads the next message of its inbox.
ReadMessage(n) ==
  \/ RegisterOrUpdateOnNode(n)
  \/ SyncRegister(n)
  \/ UnregisterOnNode(n)
  \/ SyncUnregister(n)
  \/ Killed(n)
  \/ Down(n)
  \/ Discover(n)
  \/ AckSync(n)

Fairness ==
  \A n \in Nodes : WF_vars(ReadMessage(n)) /\ WF_vars(Reconnect(n))

FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------

\* Each message is read some time.
MessagesAreRead == \A n \in Nodes : inbox[n] # <<>> ~> inbox[n] = <<>>

\* In the end the cluster stays whole and at rest, and every node knows the registered names.
EventuallyConsistent ==
  <>[](\A n \in Nodes :
         Settled(n) /\ Known(n) = {name \in Names : registered[name] > 0})

=============================================================================
