// The same mesh in React Flow: its own nodes and edges, as its documentation
// shows them, with nothing that would slow them down.
import { Background, ReactFlow, useEdgesState, useNodesState } from "@xyflow/react";
import { createRoot } from "react-dom/client";

function Graph({ nodes: first, edges: all }) {
  const [nodes, , onNodesChange] = useNodesState(first);
  const [edges, , onEdgesChange] = useEdgesState(all);
  return (
    <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} minZoom={0.05} fitView>
      <Background />
    </ReactFlow>
  );
}

const plan = JSON.parse(localStorage.getItem("plan"));
const nodes = plan.nodes.map(({ name, position: [x, y] }) => ({ id: name, position: { x, y }, data: { label: name }, style: { width: 208, height: 74 } }));
const edges = nodes.flatMap((one, place) => nodes.slice(0, place).map((other) => ({ id: `${other.id} ${one.id}`, source: other.id, target: one.id })));
createRoot(document.getElementById("graph")).render(<Graph nodes={nodes} edges={edges} />);
