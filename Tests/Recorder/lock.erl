%% A lock that clients ask for: the small server that the recorder is tested on.
-module(lock).
-behaviour(gen_server).
-export([start/0, acquire/1, release/1, init/1, handle_call/3, handle_cast/2, record/1]).

start() -> gen_server:start({local, ?MODULE}, ?MODULE, [], []).
acquire(Client) -> gen_server:cast(?MODULE, {acquire, Client}).
release(Client) -> gen_server:call(?MODULE, {release, Client}).

init([]) ->
    ets:new(grants, [named_table, protected]),
    {ok, #{holder => none, queue => []}}.

handle_cast({acquire, Client}, #{holder := none} = State) ->
    {noreply, grant(Client, State)};
handle_cast({acquire, Client}, #{queue := Queue} = State) ->
    {noreply, State#{queue := Queue ++ [Client]}}.

handle_call({release, Client}, _, #{holder := Client, queue := []} = State) ->
    {reply, ok, State#{holder := none}};
handle_call({release, Client}, _, #{holder := Client, queue := [Next | Queue]} = State) ->
    {reply, ok, grant(Next, State#{queue := Queue})};
handle_call({release, _}, _, State) ->
    {reply, refused, State}.

grant(Client, State) ->
    Count = case ets:lookup(grants, Client) of [{_, N}] -> N + 1; [] -> 1 end,
    ets:insert(grants, {Client, Count}),
    State#{holder := Client}.

%% Runs the lock for a few clients while it is recorded.
record([File]) ->
    {ok, Pid} = start(),
    Fields = fun({Request, Client}) when Request =:= acquire; Request =:= release -> #{client => Client} end,
    ok = recorder:start(Pid, File, #{module => ?MODULE, node => n1, fields => Fields}),
    [acquire(Client) || Client <- [alice, bob, carol]],
    refused = release(bob),
    ok = release(alice),
    acquire(alice),
    [ok = release(Client) || Client <- [bob, carol, alice]],
    refused = release(alice),
    ok = recorder:stop(),
    halt(0).
