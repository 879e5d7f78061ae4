//! Conditions to a query, by Dijkstra's shunting yard: what is open waits in a list, so that parentheses within
//! parentheses take no stack.

use super::condition::{NumberKey, Operation, Term};
use super::error::QueryError;
use super::lex::{Lexer, Token};
use super::model::Query;
use super::term::TERM;

pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    let mut lexer = Lexer::new(text);
    let mut parser = Parser::default();
    let mut is_after_operand = false;
    loop {
        let (token, at) = lexer.next();
        if is_after_operand && token.begins_operand() {
            // Two conditions side by side: both have to hold.
            parser.wait(Operation::And);
        }
        match token {
            Token::Open => parser.waiting.push(Waiting::Open(at)),
            Token::Not => parser.waiting.push(Waiting::Operation(Operation::Not)),
            Token::Term => parser.add(lexer.term()?, || lexer.column(at)),
            _ if !is_after_operand => return Err(lexer.unexpected(at, TERM)),
            Token::And => parser.wait(Operation::And),
            Token::Or => parser.wait(Operation::Or),
            Token::Close => parser.close(|| lexer.unexpected(at, "`and`, `or` or the end"))?,
            Token::End => return parser.finish(&lexer),
        }
        is_after_operand = matches!(token, Token::Term | Token::Close);
    }
}

#[derive(Default)]
struct Parser {
    terms: Vec<Term>,
    postfix: Vec<Operation>,
    waiting: Vec<Waiting>,
    retained_column: Option<usize>,
}

/// What waits for its operands, or for its other half.
#[derive(Clone, Copy)]
enum Waiting {
    /// A parenthesis, and where it stands.
    Open(usize),
    Operation(Operation),
}

impl Parser {
    fn add(&mut self, term: Term, column: impl FnOnce() -> usize) {
        if matches!(term, Term::Number(NumberKey::Retained, ..)) && self.retained_column.is_none() {
            self.retained_column = Some(column());
        }
        self.terms.push(term);
        self.postfix.push(Operation::Term);
    }

    /// Lets an operator between two operands wait for its right one; those that bind as tightly are done with theirs.
    fn wait(&mut self, operation: Operation) {
        while let Some(Waiting::Operation(last)) = self.waiting.last()
            && last.tightness() >= operation.tightness()
        {
            self.postfix.push(*last);
            self.waiting.pop();
        }
        self.waiting.push(Waiting::Operation(operation));
    }

    fn close(&mut self, error: impl FnOnce() -> QueryError) -> Result<(), QueryError> {
        match self.settle() {
            Some(_) => Ok(()),
            None => Err(error()),
        }
    }

    fn finish(mut self, lexer: &Lexer<'_>) -> Result<Query, QueryError> {
        match self.settle() {
            Some(at) => Err(lexer.unclosed(at, "parenthesis", "`)`")),
            None => Ok(Query::new(self.terms, self.postfix, self.retained_column)),
        }
    }

    /// Ends what waits since the last open parenthesis, and takes that too.
    fn settle(&mut self) -> Option<usize> {
        while let Some(last) = self.waiting.pop() {
            match last {
                Waiting::Open(at) => return Some(at),
                Waiting::Operation(operation) => self.postfix.push(operation),
            }
        }
        None
    }
}
