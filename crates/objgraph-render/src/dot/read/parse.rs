//! Tokens to statements, by the grammar of <https://graphviz.org/doc/info/lang.html>.
//!
//! A brace within a brace goes onto a list of open ones and is no call: 100,000 of them fit any stack.

use std::sync::Arc;

use super::build::{Builder, End, List, MAX_EDGES};
use super::error::ReadDotError;
use super::lex::{Lexer, Token};
use super::scopes::Kind;
use crate::dot::attributes::DotValue;
use crate::dot::graph::DotGraph;

/// Reads the first graph of a text.
pub(super) fn parse(text: &str) -> Result<DotGraph, ReadDotError> {
    let mut parser = Parser::new(text)?;
    let (mut builder, brace) = parser.header()?;
    parser.body(&mut builder, brace)?;
    let mut graph = builder.finish();
    let next = &parser.token;
    if next.is("strict") || next.is("graph") || next.is("digraph") {
        let (line, _) = parser.lexer.position(parser.at);
        graph.warnings.push(format!(
            "only the first graph is read; another begins in line {line}"
        ));
    } else if parser.token != Token::End {
        return Err(parser.expected("the end of the file"));
    }
    Ok(graph)
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The token to look at, and where it begins.
    token: Token<'a>,
    at: usize,
}

/// A brace that has not closed yet.
struct Open {
    at: usize,
    /// The statement of which it is a part, outside the brace.
    chain: Vec<End>,
}

const STATEMENT: &str = "a statement or `}`";

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, ReadDotError> {
        let mut lexer = Lexer::new(text);
        let (token, at) = lexer.next()?;
        Ok(Self { lexer, token, at })
    }

    /// `strict digraph name {`; also tells where the brace is.
    fn header(&mut self) -> Result<(Builder, usize), ReadDotError> {
        let is_strict = self.token.is("strict");
        if is_strict {
            self.advance()?;
        }
        let is_directed = self.token.is("digraph");
        if !is_directed && !self.token.is("graph") {
            return Err(self.expected("`graph` or `digraph`"));
        }
        self.advance()?;
        let name = if self.is_id() {
            self.id()?.as_str().to_owned()
        } else {
            String::new()
        };
        let brace = self.at;
        if !self.takes('{')? {
            return Err(self.expected("a name or `{`"));
        }
        Ok((Builder::new(name, is_directed, is_strict), brace))
    }

    /// All statements, and the brace that closes the graph.
    fn body(&mut self, builder: &mut Builder, brace: usize) -> Result<(), ReadDotError> {
        let mut open = vec![Open {
            at: brace,
            chain: Vec::new(),
        }];
        while let Some(innermost) = open.last_mut() {
            if self.takes('}')? {
                let mut closed = open.pop().map(|open| open.chain).unwrap_or_default();
                if !open.is_empty() {
                    builder.close();
                    self.after_end(builder, &mut closed, &mut open)?;
                }
            } else if self.token == Token::Sign(';') {
                self.advance()?;
            } else if self.begins_subgraph() {
                self.open_subgraph(builder, Vec::new(), &mut open)?;
            } else if let Some(kind) = self.kind() {
                self.advance()?;
                if self.token != Token::Sign('[') {
                    return Err(self.expected("`[`"));
                }
                let list = self.lists()?;
                builder.set_default(kind, list);
            } else if self.is_id() {
                let id = self.id()?;
                if self.takes('=')? {
                    let value = self.id()?;
                    builder.set_default(Kind::Graph, vec![(id.as_str().into(), value)]);
                } else {
                    let mut chain = vec![self.nodes(builder, &id)?];
                    self.after_end(builder, &mut chain, &mut open)?;
                }
            } else if self.token == Token::End {
                return Err(self.lexer.unclosed(innermost.at, "brace", "`}`"));
            } else {
                return Err(self.expected(STATEMENT));
            }
        }
        Ok(())
    }

    /// Goes on behind a node or subgraph: another end of an edge, or the end of the statement.
    fn after_end(
        &mut self,
        builder: &mut Builder,
        chain: &mut Vec<End>,
        open: &mut Vec<Open>,
    ) -> Result<(), ReadDotError> {
        while self.is_edge(builder)? {
            self.advance()?;
            if self.begins_subgraph() {
                return self.open_subgraph(builder, std::mem::take(chain), open);
            } else if !self.is_id() {
                return Err(self.expected("a node or a subgraph"));
            }
            let id = self.id()?;
            chain.push(self.nodes(builder, &id)?);
        }
        let start = self.at;
        let list = self.lists()?;
        match chain.as_slice() {
            [End::Nodes(nodes)] => {
                for (node, _) in nodes {
                    builder.set_node(*node, &list);
                }
            }
            // Graphviz takes attributes here as well, and gives them to nothing.
            [End::Subgraph(_)] => {}
            chain => {
                let made = builder.edges(chain, &list);
                made.map_err(|_| self.too_many_edges(start))?;
            }
        }
        Ok(())
    }

    fn too_many_edges(&self, at: usize) -> ReadDotError {
        let (line, column) = self.lexer.position(at);
        ReadDotError::TooManyEdges {
            line,
            column,
            limit: MAX_EDGES,
        }
    }

    /// Whether an edge follows; the operator has to fit the graph.
    fn is_edge(&self, builder: &Builder) -> Result<bool, ReadDotError> {
        match (&self.token, builder.is_directed()) {
            (Token::Arrow, true) | (Token::Line, false) => Ok(true),
            (Token::Line, true) => Err(self.expected("`->`, since this is a digraph")),
            (Token::Arrow, false) => Err(self.expected("`--`, since this is no digraph")),
            _ => Ok(false),
        }
    }

    fn begins_subgraph(&self) -> bool {
        self.token == Token::Sign('{') || self.token.is("subgraph")
    }

    /// `subgraph name {`, where each of the three words but the last may be missing.
    fn open_subgraph(
        &mut self,
        builder: &mut Builder,
        mut chain: Vec<End>,
        open: &mut Vec<Open>,
    ) -> Result<(), ReadDotError> {
        let mut name = None;
        if self.token.is("subgraph") {
            self.advance()?;
            if self.is_id() {
                name = Some(self.id()?.as_str().into());
            }
        }
        let at = self.at;
        if !self.takes('{')? {
            return Err(self.expected("`{`"));
        }
        chain.push(End::Subgraph(builder.open(name)));
        open.push(Open { at, chain });
        Ok(())
    }

    /// What an attribute statement is about.
    fn kind(&self) -> Option<Kind> {
        let kinds = [
            ("graph", Kind::Graph),
            ("node", Kind::Node),
            ("edge", Kind::Edge),
        ];
        let found = kinds.into_iter().find(|(word, _)| self.token.is(word));
        found.map(|(_, kind)| kind)
    }

    /// Nodes divided by commas, of which the first name is read, each with its port: `name:port:ne`.
    fn nodes(&mut self, builder: &mut Builder, first: &DotValue) -> Result<End, ReadDotError> {
        let mut nodes = vec![(builder.node(first.as_str()), self.port()?)];
        while self.takes(',')? {
            let node = builder.node(self.id()?.as_str());
            nodes.push((node, self.port()?));
        }
        Ok(End::Nodes(nodes))
    }

    fn port(&mut self) -> Result<Option<Arc<str>>, ReadDotError> {
        if !self.takes(':')? {
            return Ok(None);
        }
        let mut port = self.id()?.as_str().to_owned();
        if self.takes(':')? {
            port.push(':');
            port.push_str(self.id()?.as_str());
        }
        Ok(Some(port.into()))
    }

    /// `[a=b, c=d; e=f] [g=h]`, or nothing.
    fn lists(&mut self) -> Result<List, ReadDotError> {
        let mut list = List::new();
        loop {
            let bracket = self.at;
            if !self.takes('[')? {
                return Ok(list);
            }
            while !self.takes(']')? {
                if self.token == Token::End {
                    return Err(self.lexer.unclosed(bracket, "attribute list", "`]`"));
                } else if !self.is_id() {
                    return Err(self.expected("an attribute or `]`"));
                }
                let name: Arc<str> = self.id()?.as_str().into();
                if !self.takes('=')? {
                    return Err(self.expected("`=`"));
                }
                list.push((name, self.id()?));
                if !self.takes(',')? {
                    self.takes(';')?;
                }
            }
        }
    }

    fn is_id(&self) -> bool {
        match &self.token {
            Token::Name(_) => !self.token.is_keyword(),
            Token::Number(_) | Token::Quoted(_) | Token::Html(_) => true,
            _ => false,
        }
    }

    /// A name, a number, an HTML-like string, or strings joined by `+`.
    fn id(&mut self) -> Result<DotValue, ReadDotError> {
        if !self.is_id() {
            return Err(self.expected("a name, a number or a string"));
        }
        match self.advance()? {
            Token::Html(text) => Ok(DotValue::Html(text.into())),
            Token::Quoted(first) => {
                let mut joined = first;
                while self.takes('+')? {
                    let Token::Quoted(next) = &self.token else {
                        return Err(self.expected("a string after `+`"));
                    };
                    joined.to_mut().push_str(next);
                    self.advance()?;
                }
                Ok(DotValue::Text(joined.into()))
            }
            Token::Name(text) | Token::Number(text) => Ok(DotValue::Text(text.into())),
            other => unreachable!("{other:?} is no id"),
        }
    }

    /// Whether the token is this sign; if so, goes past it.
    fn takes(&mut self, sign: char) -> Result<bool, ReadDotError> {
        let is_it = self.token == Token::Sign(sign);
        if is_it {
            self.advance()?;
        }
        Ok(is_it)
    }

    /// Goes to the next token and answers the one before.
    fn advance(&mut self) -> Result<Token<'a>, ReadDotError> {
        let (next, at) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn expected(&self, what: &'static str) -> ReadDotError {
        self.lexer.unexpected(self.at, what, self.token.describe())
    }
}
