---- MODULE VendingMachineUnfair ----
\* The machine may keep the coins.
EXTENDS Naturals
VARIABLE machine

\* A machine takes up to two coins; tea costs one coin and cocoa two. A record holds all of it.
Coin == /\ machine.coins < 2 /\ machine.cup = "none"
        /\ machine' = [machine EXCEPT !.coins = @ + 1]
Tea == /\ machine.coins >= 1 /\ machine.cup = "none"
       /\ machine' = [coins |-> machine.coins - 1, cup |-> "tea"]
Cocoa == /\ machine.coins = 2 /\ machine.cup = "none"
         /\ machine' = [coins |-> 0, cup |-> "cocoa"]
Fetch == /\ machine.cup # "none"
         /\ machine' = [machine EXCEPT !.cup = "none"]

Init == machine = [coins |-> 0, cup |-> "none"]
Next == Coin \/ Tea \/ Cocoa \/ Fetch
Spec == /\ Init
        /\ [][Next]_machine
        /\ WF_machine(Coin)

PaidServed == machine.coins > 0 ~> machine.cup # "none"
CocoaServed == machine.coins = 2 ~> machine.cup = "cocoa"
CocoaSometimes == []<>(machine.coins = 2 /\ machine.cup = "none") => []<>(machine.cup = "cocoa")
Fetched == []<>(machine.cup = "none")
====
