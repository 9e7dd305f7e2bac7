----------------------------- MODULE librarylive -----------------------------
\* It's a Syn: the library, and what happens in the end
\*
\* The library's protocol with what a real system owes to its users: a message that waits
\* is read some time, and a split ends some time. Then every node comes to know the
\* registered names, and nothing is under way any more.

EXTENDS library

\* n reads the next message from m.
ReadMessage(n, m) ==
  \/ SyncRegister(n, m)
  \/ SyncUnregister(n, m)
  \/ Down(n, m)
  \/ Nodeup(n, m)
  \/ Discover(n, m)
  \/ AckSync(n, m)

Fairness ==
  \A n \in Nodes :
    /\ \A m \in Others(n) : WF_vars(ReadMessage(n, m))
    /\ WF_vars(Reconnect(n))

FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------

\* Each message is read some time.
MessagesAreRead == \A n \in Nodes : \A m \in Others(n) : inbox[n][m] # <<>> ~> inbox[n][m] = <<>>

\* In the end the cluster stays whole and at rest, and every node knows the registered names.
EventuallyConsistent ==
  <>[](\A n \in Nodes : Settled(n) /\ DOMAIN table[n] = {name \in Names : registered[name] > 0})

=============================================================================
